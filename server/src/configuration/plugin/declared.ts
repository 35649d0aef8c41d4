import { isJsonObject, type Json } from '../../change/core/json';

/** The permission ids that a manifest lists; `undefined` when it lists none at all, so that any id goes. */
export function declaredPermissions(manifest: Json): string[] | undefined {
  const permissions = isJsonObject(manifest) ? manifest.permissions : undefined;
  if (!Array.isArray(permissions)) return undefined;
  return permissions.flatMap((permission) =>
    isJsonObject(permission) && typeof permission.id === 'string' ? [permission.id] : [],
  );
}

/** The actions and portals that a manifest requires; `undefined` when it does not say. */
export function declaredRequirements(manifest: Json): string[] | undefined {
  return ports(manifest, 'requires');
}

/** The actions and portals that a manifest exposes; `undefined` when it does not say, so that any goes. */
export function declaredExposures(manifest: Json): string[] | undefined {
  return ports(manifest, 'exposes');
}

/** The top-level configuration keys that hold secrets. */
export function declaredSecretKeys(manifest: Json): string[] {
  return isJsonObject(manifest) ? texts(manifest.secretKeys) : [];
}

function ports(manifest: Json, side: 'requires' | 'exposes'): string[] | undefined {
  const declared = isJsonObject(manifest) ? manifest[side] : undefined;
  return isJsonObject(declared) ? [...texts(declared.actions), ...texts(declared.portals)] : undefined;
}

function texts(list: Json | undefined): string[] {
  return Array.isArray(list) ? list.filter((item) => typeof item === 'string') : [];
}
