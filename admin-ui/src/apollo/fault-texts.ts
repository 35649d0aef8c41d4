/** Words for failures that the server cannot put into words itself. */
export const faultTexts = {
  offline: 'The server does not answer. Check the connection and try again.',
  unknown: 'Something went wrong. Try again.',
  internal: (id: string) =>
    id ? `Internal error. Tell an administrator of the server this id: ${id}` : 'Internal error. Try again.',
  status: (status: number) => `The server refused the request (HTTP status ${status}).`,
};
