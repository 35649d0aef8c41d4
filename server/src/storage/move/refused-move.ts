/** The move is not begun, or was not finished. Says why and what to do. */
export class RefusedMove extends Error {}
