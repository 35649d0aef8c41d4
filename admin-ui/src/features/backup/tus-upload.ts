import type { DetailedError, Upload } from 'tus-js-client';
import { requestHeaders, type Fault } from '../../apollo';
import { faultTexts } from '../../apollo/fault-texts';
import { plainFault } from './job-state';

/** Only whoever has a file to send needs it. */
const tus = () => import('tus-js-client');

/** Small enough that a cut costs little, large enough that the pieces stay few. */
const bytesOfPiece = 16 * 1024 * 1024;
/** Milliseconds; the last one is repeated for about ten minutes. */
const pauses = [0, 1_000, 2_000, ...Array<number>(120).fill(5_000)];

export interface UploadEvents {
  onProgress: (sent: number) => void;
  /** The connection was cut; the upload goes on by itself. */
  onWaiting: () => void;
  onArrived: (uploadId: string) => void;
  onFault: (fault: Fault) => void;
}

/** A file on its way to the server. */
export interface FileUpload {
  /** Begins, or goes on after a fault from where it came to. */
  start: () => void;
  /** Stops and, where possible, takes back what has arrived. */
  cancel: () => Promise<void>;
  /** Stops sending; what has arrived stays, for the same file chosen again. */
  pause: () => void;
}

/** Sends a backup file to a unit by the tus protocol, in pieces, going on after cuts of the network. */
export function createFileUpload(file: File, unitId: string, events: UploadEvents): FileUpload {
  let upload: Upload | undefined;
  let wanted = false;

  async function start(): Promise<void> {
    wanted = true;
    try {
      upload ??= await prepareUpload(file, unitId, events);
    } catch {
      // The script did not come.
      if (wanted) events.onFault(plainFault('OFFLINE', faultTexts.offline));
      return;
    }
    if (wanted) upload.start();
  }

  /** Stops sending; with `true` takes back what has arrived. */
  async function stop(takeBack: boolean): Promise<void> {
    wanted = false;
    // The server forgets it after a while in any case.
    await upload?.abort(takeBack).catch(() => undefined);
  }

  return { start: () => void start(), pause: () => void stop(false), cancel: () => stop(true) };
}

async function prepareUpload(file: File, unitId: string, events: UploadEvents): Promise<Upload> {
  const { Upload } = await tus();
  const upload = new Upload(file, {
    endpoint: `/api/backup/uploads?unitId=${encodeURIComponent(unitId)}`,
    headers: { ...requestHeaders },
    chunkSize: bytesOfPiece,
    retryDelays: pauses,
    removeFingerprintOnSuccess: true,
    onShouldRetry(error) {
      const again = mayRetry(statusOf(error));
      if (again) events.onWaiting();
      return again;
    },
    onProgress: (sent) => events.onProgress(sent),
    onSuccess: () => events.onArrived(idOf(upload.url)),
    onError: (error) => events.onFault(faultOfUpload(error)),
  });
  const [begun] = await upload.findPreviousUploads().catch(() => []);
  if (begun) upload.resumeFromPreviousUpload(begun);
  return upload;
}

/** Tells the server to forget a file that is of no use any more. */
export async function discardUpload(uploadId: string): Promise<void> {
  const url = `/api/backup/uploads/${encodeURIComponent(uploadId)}`;
  await tus()
    .then(({ Upload }) => Upload.terminate(url, { headers: { ...requestHeaders }, retryDelays: null }))
    .catch(() => undefined);
}

/** No answer, a stopping server, and an offset to be asked for again; a refusal stays one. */
function mayRetry(status: number): boolean {
  return status === 0 || status === 409 || status === 423 || status >= 500;
}

function statusOf(error: Error | DetailedError): number {
  return 'originalResponse' in error ? (error.originalResponse?.getStatus() ?? 0) : 0;
}

function faultOfUpload(error: Error | DetailedError): Fault {
  const status = statusOf(error);
  if (status === 0 || status === 502 || status === 504) return plainFault('OFFLINE', faultTexts.offline);
  const refusal =
    'originalResponse' in error ? refusalIn(error.originalResponse?.getBody() ?? '') : undefined;
  return refusal
    ? plainFault(refusal.code, refusal.message)
    : plainFault('UNKNOWN', faultTexts.status(status));
}

/** The routes beside GraphQL answer `{"error": {"code", "message"}}`. */
function refusalIn(body: string): { code: string; message: string } | undefined {
  try {
    const { error } = JSON.parse(body) as { error?: { code?: unknown; message?: unknown } };
    if (typeof error?.code !== 'string' || typeof error.message !== 'string') return undefined;
    return { code: error.code, message: error.message };
  } catch {
    return undefined;
  }
}

const idOf = (url: string | null): string => url?.split('/').at(-1) ?? '';
