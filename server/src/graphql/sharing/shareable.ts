import { type DocumentNode, getOperationAST, Kind } from 'graphql';

/**
 * Subscriptions whose answer is the same for everybody who may listen. A test holds fast which fields can be asked for
 * below them: none of them depends on who asks.
 */
export const sharedFields: ReadonlySet<string> = new Set(['unitChanged', 'safeModeBanner']);

/** Whether an operation asks for one shared field and nothing beside it. */
export function isShareable(document: DocumentNode, operationName: string | null | undefined): boolean {
  const [field, ...others] = getOperationAST(document, operationName)?.selectionSet.selections ?? [];
  return (
    field?.kind === Kind.FIELD &&
    others.length === 0 &&
    (field.directives ?? []).length === 0 &&
    sharedFields.has(field.name.value)
  );
}
