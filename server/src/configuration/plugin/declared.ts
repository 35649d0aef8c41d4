import { isJsonObject, type Json } from '../../change/json';

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
  const requires = isJsonObject(manifest) ? manifest.requires : undefined;
  return isJsonObject(requires) ? [...texts(requires.actions), ...texts(requires.portals)] : undefined;
}

/** The top-level configuration keys that hold secrets. */
export function declaredSecretKeys(manifest: Json): string[] {
  return isJsonObject(manifest) ? texts(manifest.secretKeys) : [];
}

function texts(list: Json | undefined): string[] {
  return Array.isArray(list) ? list.filter((item) => typeof item === 'string') : [];
}
