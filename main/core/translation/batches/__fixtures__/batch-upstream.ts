import {
  startUpstream,
  type Answer,
  type Upstream,
  type UpstreamRequest,
} from '../../../__fixtures__/upstream.ts';

/** A request of a batch, as the provider received it. */
export interface BatchedLine {
  id: string;
  body: Record<string, unknown>;
}

/** The result of a request at the test's provider. */
export type LineResult =
  | { reply: unknown }
  | { refuse: { status: number; message: string } }
  | 'expired'
  | 'cancelled'
  | 'missing'
  | 'twice';

export interface RemoteJob {
  id: string;
  reference: string | null;
  model: string;
  lines: BatchedLine[];
  createdAt: number;
  /** Number of polls so far. */
  polls: number;
  cancelled: boolean;
}

/** How a batch provider behaves in one test. */
export interface BatchScript {
  /** The result of a request. */
  resultOf(line: BatchedLine, job: RemoteJob): LineResult;
  /** Number of polls that still report a running job. */
  runsFor?: number;
  /** Replaces the state in which a job ends. */
  endsAs?: 'completed' | 'expired' | 'failed' | undefined;
  /** Replaces the answer. With `after`, the provider performs the step first. */
  fault?(step: string, request: UpstreamRequest): { answer: Answer; after?: boolean } | undefined;
  /** Leaves the counts out of reports. */
  hidesCounts?: boolean;
  /** Answers requests outside the batch API. */
  live?(request: UpstreamRequest): Answer;
}

/** The formats and routes of one provider's batch API. */
export interface BatchDialect {
  /** The step that a request performs, and the id in its path. */
  route(request: UpstreamRequest): { step: string; id: string } | undefined;
  /** Handles an upload or a creation; returns the job if this step creates it. */
  create(request: UpstreamRequest, id: string): { job?: RemoteJob; answer: Answer };
  job(job: RemoteJob, ended: boolean, script: BatchScript): unknown;
  list(jobs: readonly unknown[]): unknown;
  results(job: RemoteJob, script: BatchScript, kind: string): Answer;
}

export interface BatchUpstream extends Upstream {
  jobs: RemoteJob[];
  behave(script: BatchScript): void;
}

/** Makes the client poll again at once. */
const pollAtOnce = { 'retry-after-ms': '1' };

/** A batch API on loopback with the documented life cycle, and the faults of a test's script. */
export async function batchUpstream(dialect: BatchDialect, first: BatchScript): Promise<BatchUpstream> {
  let script = first;
  const jobs: RemoteJob[] = [];

  function perform(step: string, id: string, request: UpstreamRequest): Answer {
    if (step === 'create' || step === 'upload') {
      const { job, answer } = dialect.create(request, `batch_${jobs.length + 1}`);
      if (job) jobs.push(job);
      if (!job) return answer;
      return { body: dialect.job(job, false, script) };
    }
    if (step === 'list')
      return {
        headers: pollAtOnce,
        body: dialect.list(jobs.toReversed().map((job) => dialect.job(job, true, script))),
      };
    const job = jobs.find((one) => id.includes(one.id));
    if (!job) return { status: 404, body: { error: { message: `no batch ${id}`, type: 'not_found' } } };
    if (step === 'cancel') {
      job.cancelled = true;
      return { headers: pollAtOnce, body: dialect.job(job, false, script) };
    }
    if (step === 'get') {
      const ended = job.cancelled || job.polls++ >= (script.runsFor ?? 1);
      return { headers: pollAtOnce, body: dialect.job(job, ended, script) };
    }
    return dialect.results(job, script, step);
  }

  const upstream = await startUpstream((request) => {
    const routed = dialect.route(request);
    if (!routed)
      return script.live?.(request) ?? { status: 404, body: { error: { message: 'no such route' } } };
    const fault = script.fault?.(routed.step, request);
    if (fault && !fault.after) return fault.answer;
    const answer = perform(routed.step, routed.id, request);
    return fault?.answer ?? answer;
  });
  return Object.assign(upstream, { jobs, behave: (next: BatchScript) => void (script = next) });
}

/** A job's results at the provider, with the script's duplicate and missing ones. */
export function resultsOf(job: RemoteJob, script: BatchScript): { line: BatchedLine; result: LineResult }[] {
  return job.lines.flatMap((line) => {
    const result = script.resultOf(line, job);
    if (result === 'missing') return [];
    const one = { line, result };
    return result === 'twice' ? [one, one] : [one];
  });
}
