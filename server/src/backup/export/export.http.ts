import { type Readable } from 'node:stream';
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
    const range = rangeOf(request, file);
    const { start, end } = typeof range === 'object' ? range : { start: 0, end: file.bytes - 1 };
    const isWanted = request.method !== 'HEAD' && range !== 'unsatisfiable';
    // Before any header: where the store is away, the answer is not about the file.
    const content = isWanted ? await objects.get(file.objectKey, { start, end }) : undefined;
    response.set({
      'Content-Type': 'application/octet-stream',
      'Content-Disposition': dispositionOf(file.fileName),
      'Cache-Control': 'private, no-store',
      'Accept-Ranges': 'bytes',
      ETag: `"${file.sha256}"`,
    });
    if (range === 'unsatisfiable') {
      response.set('Content-Range', `bytes */${file.bytes}`).status(416).end();
      return;
    }
    if (range) response.set('Content-Range', `bytes ${start}-${end}/${file.bytes}`).status(206);
    response.set('Content-Length', String(end - start + 1));
    if (content) await send(content, response);
    else response.end();
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

async function send(content: Readable, response: Response): Promise<void> {
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
