import { Router } from 'express';
import { type Database } from '../storage/database';

/** `/healthz`: the process answers. `/readyz`: it can serve, because the database answers, and is not being stopped. */
export function healthRoutes(database: Database, stopping: () => boolean): Router {
  const router = Router();
  router.get('/healthz', (_, response) => void response.json({ status: 'ok' }));
  router.get('/readyz', async (_, response) => {
    const ready = !stopping() && (await answers(database));
    response.status(ready ? 200 : 503).json({ status: ready ? 'ready' : 'not ready' });
  });
  return router;
}

async function answers(database: Database): Promise<boolean> {
  try {
    await database.read((db) => db.rows('SELECT 1'));
    return true;
  } catch {
    return false;
  }
}
