import { type RequestHandler } from 'express';

/**
 * Refuses requests whose body has not arrived in full after so long: whoever sends one byte at a time holds a
 * connection and memory. Uploads of backups, which may take hours, have a limit of their own.
 * @param longest ms
 */
export const arrivingWithin =
  (longest: number): RequestHandler =>
  (request, response, next) => {
    const impatience = setTimeout(() => {
      if (request.complete) return;
      if (response.headersSent) return void request.destroy();
      response.once('finish', () => request.destroy());
      response.status(408).set('Connection', 'close');
      response.json({
        errors: [{ message: 'The request took too long to arrive.', extensions: { code: 'BAD_REQUEST' } }],
      });
    }, longest);
    request.once('close', () => clearTimeout(impatience));
    next();
  };
