import { type Logger } from 'pino';
import { type JobObserver } from '../job/job-observer';
import { type Metrics } from './metrics';

/** Counts the jobs of this server, and logs how each ended. */
export const observedJobs =
  (metrics: Metrics, log: Logger): JobObserver =>
  ({ id, kind, unitId }) => {
    const startedAt = performance.now();
    let present = metrics.jobsWaiting;
    present.inc({ kind });
    return {
      began() {
        present.dec({ kind });
        present = metrics.jobsRunning;
        present.inc({ kind });
      },
      ended(end) {
        present.dec({ kind });
        metrics.jobsEnded.inc({ kind, state: end });
        const ms = Math.round(performance.now() - startedAt);
        log.info({ jobId: id, kind, unitId, end, ms }, 'Job');
      },
    };
  };
