import { pipeline } from 'node:stream/promises';
import { type Request, type Response, Router } from 'express';
import { type Actor } from '../../access/actor';
import { type ObjectStore } from '../../storage/object-store';
import { type ExportService } from './export.service';
import { type ExportResult } from './export-result';

export const exportPath = '/api/backup/exports';

export interface ExportRoutesParts {
  exports: ExportService;
  objects: ObjectStore;
  actorOf: (request: Request) => Promise<Actor | undefined>;
}

/** Finished exports, whole or in ranges, for the admin who made them. */
export function exportRoutes({ exports, objects, actorOf }: ExportRoutesParts): Router {
  const router = Router();
  router.get('/:id', async (request, response) => {
    const file = await exports.downloadable(await actorOf(request), request.params.id);
    response.set({
      'Content-Type': 'application/octet-stream',
      'Content-Disposition': dispositionOf(file.fileName),
      'Cache-Control': 'private, no-store',
      'Accept-Ranges': 'bytes',
      ETag: `"${file.sha256}"`,
    });
    const range = rangeOf(request, file);
    if (range === 'unsatisfiable') {
      response.set('Content-Range', `bytes */${file.bytes}`).status(416).end();
      return;
    }
    const { start, end } = range ?? { start: 0, end: file.bytes - 1 };
    if (range) response.set('Content-Range', `bytes ${start}-${end}/${file.bytes}`).status(206);
    response.set('Content-Length', String(end - start + 1));
    if (request.method === 'HEAD') response.end();
    else await send(objects, file, { start, end }, response);
  });
  return router;
}

/** A part of the file where one is asked for; more than one part at a time is answered with the whole. */
function rangeOf(request: Request, { bytes, sha256 }: ExportResult) {
  const condition = request.get('If-Range');
  if (condition !== undefined && condition !== `"${sha256}"`) return undefined;
  const ranges = request.range(bytes);
  if (ranges === -1) return 'unsatisfiable';
  return Array.isArray(ranges) && ranges.type === 'bytes' && ranges.length === 1 ? ranges[0] : undefined;
}

async function send(
  objects: ObjectStore,
  { objectKey }: ExportResult,
  range: { start: number; end: number },
  response: Response,
): Promise<void> {
  const content = await objects.get(objectKey, range);
  try {
    await pipeline(content, response);
  } catch (error) {
    // Whoever fetched it has gone; there is nobody to answer.
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  }
}

/** Old clients get the name with other characters left out. */
function dispositionOf(fileName: string): string {
  const plain = fileName.replace(/[^\w.-]+/g, '_');
  return `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(fileName)}`;
}
