import { type Role } from './role';

/** Who asks: a signed-in browser session, or a script with an API token. Read afresh for each request. */
export interface Actor {
  readonly userId: string;
  /** Normalised. */
  readonly email: string;
  readonly name: string;
  /** Never through a token. */
  readonly organisationAdmin: boolean;
  /** Role by unit; through a token only the token's unit, with the lower of both roles. */
  readonly roles: ReadonlyMap<string, Role>;
  readonly via: { readonly kind: 'session' | 'token'; readonly id: string };
}
