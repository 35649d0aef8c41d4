import { Router } from 'express';
import { type Readiness } from './readiness';

const fresh = { 'Cache-Control': 'no-store' };

/** `/healthz`: the process answers. `/readyz`: it can serve, or which part it lacks. Neither says anything else. */
export function healthRoutes(readiness: Readiness): Router {
  const router = Router();
  router.get('/healthz', (_, response) => void response.set(fresh).json({ status: 'ok' }));
  router.get('/readyz', async (_, response) => {
    const missing = await readiness.missing();
    response.set(fresh);
    if (missing) response.status(503).json({ status: 'not ready', missing });
    else response.json({ status: 'ready' });
  });
  return router;
}
