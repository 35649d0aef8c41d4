import { type Request, type RequestHandler, type Response, Router } from 'express';
import { type Actor } from '../../access/actor';
import { BadUserInput, Forbidden } from '../../refusal';
import { type BackupUploadEntity } from '../backup.entity';
import { type UploadService } from './upload.service';

/** Where the routes are mounted. */
export const uploadPath = '/api/backup/uploads';
const tusVersion = '1.0.0';
const offsetType = 'application/offset+octet-stream';

export interface UploadRoutesParts {
  uploads: UploadService;
  /** Bytes of the largest file. */
  largest: number;
  actorOf: (request: Request) => Promise<Actor | undefined>;
}

/**
 * Backup files on their way in: a whole file as the raw body of one request, or in several by the tus protocol 1.0
 * (creation, expiration, termination). Who asks, the environment and the size are judged before a body is read.
 */
export function uploadRoutes({ uploads, largest, actorOf }: UploadRoutesParts): Router {
  const router = Router();
  router.use((_, response, next) => {
    response.set({ 'Tus-Resumable': tusVersion, 'Cache-Control': 'no-store' });
    next();
  });

  router.options('/', (_, response) => {
    response.set({
      'Tus-Version': tusVersion,
      'Tus-Extension': 'creation,expiration,termination',
      'Tus-Max-Size': String(largest),
    });
    response.status(204).end();
  });

  router.post('/', async (request, response) => {
    const actor = await trustedActor(request);
    const { unitId } = request.query;
    if (typeof unitId !== 'string') throw new BadUserInput([{ path: 'unitId', message: 'is missing' }]);
    if (request.get('Upload-Length') === undefined && request.get('Upload-Defer-Length') === undefined)
      await takeWhole(request, response, actor, unitId);
    else await begin(request, response, actor, unitId);
  });

  router.head('/:id', tusOnly, async (request, response) => {
    const upload = await uploads.own(await actorOf(request), idOf(request));
    response.set('Upload-Offset', upload.received).set('Upload-Length', upload.size ?? undefined);
    response.set(expiryOf(upload)).status(200).end();
  });

  router.patch('/:id', tusOnly, async (request, response) => {
    const upload = await uploads.own(await trustedActor(request), idOf(request));
    if (request.get('Content-Type') !== offsetType) {
      response.status(415).json({ error: { code: 'BAD_USER_INPUT', message: `Send ${offsetType}.` } });
      return;
    }
    const offset = await uploads.append(upload, wholeNumber(request, 'Upload-Offset'), request);
    if (offset === Number(upload.size)) await uploads.complete(upload.id);
    response.set('Upload-Offset', String(offset)).set(expiryOf(upload)).status(204).end();
  });

  router.delete('/:id', tusOnly, async (request, response) => {
    const upload = await uploads.own(await trustedActor(request), idOf(request));
    await uploads.discard(upload.id);
    response.status(204).end();
  });

  /** A request with a cookie must carry a header that no other site can make a browser send. */
  async function trustedActor(request: Request): Promise<Actor | undefined> {
    const actor = await actorOf(request);
    if (actor?.via.kind === 'session' && !request.get('Apollo-Require-Preflight'))
      throw new Forbidden(
        'Send the header Apollo-Require-Preflight: true with requests that carry a cookie.',
      );
    return actor;
  }

  async function begin(request: Request, response: Response, actor: Actor | undefined, unitId: string) {
    const upload = await uploads.open(actor, unitId, wholeNumber(request, 'Upload-Length'));
    if (upload.size === '0') await uploads.complete(upload.id);
    response.location(`${uploadPath}/${upload.id}`).set(expiryOf(upload)).status(201).json({ id: upload.id });
  }

  async function takeWhole(request: Request, response: Response, actor: Actor | undefined, unitId: string) {
    const announced = request.get('Content-Length');
    const size = announced === undefined ? undefined : Number(announced);
    const upload = await uploads.open(actor, unitId, size);
    try {
      await uploads.append(upload, 0, request);
      if (!request.complete) throw new BadUserInput([{ path: 'body', message: 'broke off' }]);
      await uploads.complete(upload.id);
    } catch (error) {
      // Nobody has learned its id, so nobody can go on with it.
      await uploads.discard(upload.id);
      throw error;
    }
    response.location(`${uploadPath}/${upload.id}`).set(expiryOf(upload)).status(201).json({ id: upload.id });
  }

  return router;
}

/** Tells a client of another version of the protocol which one is spoken here. */
const tusOnly: RequestHandler = (request, response, next) => {
  if (request.get('Tus-Resumable') === tusVersion) return next();
  response.set('Tus-Version', tusVersion).status(412);
  response.json({
    error: { code: 'BAD_USER_INPUT', message: `Send the header Tus-Resumable: ${tusVersion}.` },
  });
};

const idOf = (request: Request): string => String(request.params.id);

const expiryOf = ({ expiresAt }: BackupUploadEntity) => ({ 'Upload-Expires': expiresAt.toUTCString() });

function wholeNumber(request: Request, header: string): number {
  const text = request.get(header) ?? '';
  if (!/^\d{1,15}$/.test(text))
    throw new BadUserInput([{ path: header, message: 'must be a number of bytes' }]);
  return Number(text);
}
