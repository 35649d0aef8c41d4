import { existsSync } from 'node:fs';
import path from 'node:path';
import express, { Router } from 'express';
import expressStaticGzip from 'express-static-gzip';

/** Files with a hash in their name never change. */
const yearInMs = 365 * 24 * 60 * 60 * 1000;

/** The built console, packed when it was built; every address that is no file is a page of it. */
export function consoleRoutes(directory: string): Router {
  const router = Router();
  if (!existsSync(path.join(directory, 'index.html'))) return router;

  router.use(
    '/assets',
    expressStaticGzip(path.join(directory, 'assets'), {
      index: false,
      enableBrotli: true,
      orderPreference: ['br', 'gz'],
      serveStatic: { immutable: true, maxAge: yearInMs, fallthrough: false },
    }),
  );
  router.use(express.static(directory, { index: false, cacheControl: false }));
  router.get(/.*/, (request, response, next) => {
    if (!request.accepts('html') || /^\/(api|graphql)(\/|$)/.test(request.path)) return next();
    response.set('Cache-Control', 'no-cache').sendFile(path.join(directory, 'index.html'));
  });
  return router;
}
