import type { ApolloClient } from '@apollo/client';

/** In the context of a query that is asked once, and not again because something changed. */
export const askedOnce = { once: true };

/** Asks all queries on the screen again, but for those that were answered and are asked once. Never rejects. */
export async function refetchShown(client: ApolloClient): Promise<void> {
  await client
    .refetchQueries({
      include: 'active',
      onQueryUpdated: (query) => query.options.context?.['once'] !== true || !query.getCurrentResult().data,
    })
    .catch(() => undefined);
}
