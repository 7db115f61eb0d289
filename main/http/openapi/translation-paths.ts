import { errorResponses, goodResponse, textResponse } from './responses.ts';
import type { SchemaObject } from './schemas.ts';

const tags = ['Translation projects'];
const inPath = (name: string) => ({ name, in: 'path', required: true, schema: { type: 'string' } });
const answer = (properties: SchemaObject): SchemaObject => ({
  type: 'object',
  required: ['ok', 'request_id', ...Object.keys(properties)],
  properties: { ok: { const: true }, request_id: { type: 'string' }, ...properties },
});

/** Routes whose bodies are files and not JSON. */
export function translationPaths(): Record<string, SchemaObject> {
  return {
    '/api/translate/uploads': {
      post: {
        tags,
        operationId: 'translate.beginUpload',
        summary: 'Begin an upload, for a project of files that are not on this machine',
        responses: {
          ...goodResponse(answer({ upload: { type: 'string' } })),
          ...errorResponses(['ledger_unavailable'], true),
        },
      },
    },
    '/api/translate/uploads/{upload}': {
      post: {
        tags,
        operationId: 'translate.uploadFile',
        summary: 'One file as it is; all files of an upload hold 512 MB at most',
        parameters: [
          inPath('upload'),
          {
            name: 'path',
            in: 'query',
            required: true,
            description: 'Where the file lies in the game, as `game/script.rpy`.',
            schema: { type: 'string' },
          },
        ],
        requestBody: {
          required: true,
          content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
        },
        responses: {
          ...goodResponse(answer({ bytes: { type: 'integer' } })),
          ...errorResponses(['not_found', 'file_unreadable', 'cancelled', 'ledger_unavailable'], true),
        },
      },
    },
    '/api/translate/projects/{project}/download': {
      get: {
        tags,
        operationId: 'translate.download',
        summary: 'What the last export wrote into the project’s own folder, as a zip',
        parameters: [inPath('project')],
        responses: {
          ...textResponse('application/zip'),
          ...errorResponses(['not_found', 'file_unreadable', 'ledger_unavailable'], false),
        },
      },
    },
  };
}
