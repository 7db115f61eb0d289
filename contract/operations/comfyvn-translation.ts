import {
  comfyBatchAnswer,
  comfyBatchRequest,
  comfyExportQuery,
  comfyJsonExport,
  comfyPoExport,
  comfyReviewAnswer,
  comfyReviewed,
  comfyReviewQuery,
  comfyReviewUpdate,
} from '../comfyvn-translation.ts';
import { operation } from './define.ts';

/**
 * ComfyVN's translation contract, backed by the memory. A query never calls a model; `batch` spends as a chat
 * does.
 */
export const comfyTranslationOperations = {
  'translate.batch': operation('command', comfyBatchRequest, comfyBatchAnswer, ['translate.review']),
  'translate.review': operation('query', comfyReviewQuery, comfyReviewAnswer),
  'translate.reviewEntry': operation('command', comfyReviewUpdate, comfyReviewed, [
    'translate.review',
    'translate.units',
    'translate.get',
  ]),
  'translate.exportJson': operation('query', comfyExportQuery, comfyJsonExport),
  'translate.exportPo': operation('query', comfyExportQuery, comfyPoExport),
};
