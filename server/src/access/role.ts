/** What a member may do in a unit, most powerful first. */
export const roles = ['ADMIN', 'POWER_USER', 'USER', 'READONLY'] as const;
export type Role = (typeof roles)[number];

/** The weaker of two roles. */
export const lowerRole = (a: Role, b: Role): Role => (roles.indexOf(a) > roles.indexOf(b) ? a : b);
