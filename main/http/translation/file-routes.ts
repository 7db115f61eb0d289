import { createReadStream } from 'node:fs';
import { AppError } from '../../core/lib/app-error.ts';
import { answerJson, answerThrown, commonHeaders } from '../answer.ts';
import type { HttpCall, HttpRoute } from '../http-call.ts';
import { writeZip } from './write-zip.ts';

/** Answers an upload in the API's envelope; errors in the route's format. */
async function answered(call: HttpCall, work: () => Promise<object>): Promise<void> {
  const { context, outgoing } = call;
  try {
    const data = await work();
    const body = { ok: true, ...data, request_id: context.requestId };
    answerJson(outgoing, body, { status: 200, requestId: context.requestId });
  } catch (error) {
    // The rest of the body is discarded.
    call.incoming.resume();
    answerThrown(call, error, 'translate.create');
  }
}

function begin(call: HttpCall): Promise<void> {
  return answered(call, async () => {
    const { uploads } = await call.core.translation();
    call.incoming.resume();
    return { upload: uploads.begin() };
  });
}

/** One file as raw bytes: `?path=game/script.rpy`. */
function addFile(call: HttpCall): Promise<void> {
  return answered(call, async () => {
    const { path } = call.query;
    if (path === undefined) throw new AppError('invalid_request', 'name the file: ?path=game/script.rpy');
    const { uploads } = await call.core.translation();
    return uploads.add(call.params['upload'] ?? '', path, call.incoming);
  });
}

/** The files of the last export, as a zip created while it is sent. */
async function download(call: HttpCall): Promise<void> {
  const { core, outgoing, context, params } = call;
  try {
    const service = await core.translation();
    const { name, files } = await service.exports.exported(params['project'] ?? '');
    const plain = name.replace(/[^\w.-]+/g, '_').slice(0, 60) || 'translation';
    outgoing.writeHead(200, {
      ...commonHeaders,
      'content-type': 'application/zip',
      'content-disposition': `attachment; filename="${plain}.zip"`,
      'x-request-id': context.requestId,
    });
    await writeZip(
      outgoing,
      files.map(({ path, file }) => ({ path, content: () => createReadStream(file) })),
    );
    outgoing.end();
  } catch (error) {
    if (outgoing.headersSent) outgoing.destroy();
    else answerThrown(call, error, 'translate.export');
  }
}

/** Uploads and downloads of a project's files, for callers without access to this machine's folders. */
export const translationFileRoutes: readonly HttpRoute[] = [
  { method: 'POST', path: '/api/translate/uploads', serve: begin },
  { method: 'POST', path: '/api/translate/uploads/:upload', serve: addFile },
  { method: 'GET', path: '/api/translate/projects/:project/download', serve: download },
];
