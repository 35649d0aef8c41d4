import { type RequestHandler } from 'express';
import helmet from 'helmet';

/**
 * Headers of every answer. Scripts come from us only; pictures and pages of plugins from wherever their manifests say,
 * the pages inside sandboxed frames.
 */
export function securityHeaders(behindTls: boolean): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        // The component kit sets style attributes.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:', 'https:', 'http:'],
        fontSrc: ["'self'", 'data:'],
        // Our own WebSocket is meant as well.
        connectSrc: ["'self'"],
        frameSrc: ['https:', 'http:'],
        frameAncestors: ["'none'"],
        formAction: ["'self'"],
        baseUri: ["'self'"],
        objectSrc: ["'none'"],
      },
    },
    // Plugins show pictures of other sites.
    crossOriginEmbedderPolicy: false,
    strictTransportSecurity: behindTls,
    referrerPolicy: { policy: 'same-origin' },
  });
}
