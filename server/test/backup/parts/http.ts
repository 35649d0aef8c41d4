import { type Credentials, credentialHeaders, type ServedApi } from '../../parts/running-server';

/** What a route beside GraphQL answers. */
export interface RouteAnswer {
  status: number;
  headers: Headers;
  code?: string;
  message?: string;
  id?: string;
}

/** Sends a request to the routes of uploads. */
export async function toUploads(
  server: ServedApi,
  as: Credentials,
  method: string,
  path: string,
  options: { headers?: Record<string, string>; body?: Uint8Array; trusted?: boolean } = {},
): Promise<RouteAnswer> {
  const response = await fetch(`${server.url}/api/backup/uploads${path}`, {
    method,
    headers: {
      ...credentialHeaders(as),
      ...(options.trusted !== false && { 'Apollo-Require-Preflight': 'true' }),
      ...options.headers,
    },
    ...(options.body && { body: new Uint8Array(options.body) }),
  });
  const text = await response.text();
  const { error, id } = (text ? JSON.parse(text) : {}) as {
    error?: { code: string; message: string };
    id?: string;
  };
  return { status: response.status, headers: response.headers, ...error, id };
}

export const tus = { 'Tus-Resumable': '1.0.0' };
export const tusPart = (offset: number) => ({
  ...tus,
  'Content-Type': 'application/offset+octet-stream',
  'Upload-Offset': String(offset),
});
