import {
  startUpstream,
  type Answer,
  type Upstream,
  type UpstreamRequest,
} from '../../../__fixtures__/upstream.ts';

/** A request of a batch, as its provider got it. */
export interface BatchedLine {
  id: string;
  body: Record<string, unknown>;
}

/** What a test's provider makes of a request of a batch. */
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
  /** Questions that were asked after it. */
  asked: number;
  cancelled: boolean;
}

/** How a batch provider behaves in one test. */
export interface BatchScript {
  /** What a request comes to. */
  resultOf(line: BatchedLine, job: RemoteJob): LineResult;
  /** Answers to the first questions that say it is still running. */
  runsFor?: number;
  /** Ends in this state in place of the one that fits. */
  endsAs?: 'completed' | 'expired' | 'failed' | undefined;
  /** In place of the answer; `after` lets the provider do it all the same. */
  fault?(step: string, request: UpstreamRequest): { answer: Answer; after?: boolean } | undefined;
  /** Counts are left out of what it reports. */
  hidesCounts?: boolean;
  /** A request that is no part of the batch API. */
  live?(request: UpstreamRequest): Answer;
}

/** A provider's batch API, as the test's provider implements it. */
export interface BatchDialect {
  /** The step that a request is, and the id in its path. */
  route(request: UpstreamRequest): { step: string; id: string } | undefined;
  /** Whether a job exists from this step on, and its requests. */
  create(request: UpstreamRequest, id: string): { job?: RemoteJob; answer: Answer };
  job(job: RemoteJob, ended: boolean, script: BatchScript): unknown;
  list(jobs: readonly unknown[]): unknown;
  results(job: RemoteJob, script: BatchScript, kind: string): Answer;
}

export interface BatchUpstream extends Upstream {
  jobs: RemoteJob[];
  behave(script: BatchScript): void;
}

/** At once, in place of the seconds between two questions. */
const soon = { 'retry-after-ms': '1' };

/** A batch API on loopback with the life cycle that its documentation describes, and a test's faults in it. */
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
        headers: soon,
        body: dialect.list(jobs.toReversed().map((job) => dialect.job(job, true, script))),
      };
    const job = jobs.find((one) => id.includes(one.id));
    if (!job) return { status: 404, body: { error: { message: `no batch ${id}`, type: 'not_found' } } };
    if (step === 'cancel') {
      job.cancelled = true;
      return { headers: soon, body: dialect.job(job, false, script) };
    }
    if (step === 'get') {
      const ended = job.cancelled || job.asked++ >= (script.runsFor ?? 1);
      return { headers: soon, body: dialect.job(job, ended, script) };
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

/** The results that a provider has of a job, doubled and missing ones as the test says. */
export function resultsOf(job: RemoteJob, script: BatchScript): { line: BatchedLine; result: LineResult }[] {
  return job.lines.flatMap((line) => {
    const result = script.resultOf(line, job);
    if (result === 'missing') return [];
    const one = { line, result };
    return result === 'twice' ? [one, one] : [one];
  });
}
