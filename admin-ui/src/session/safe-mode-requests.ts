import type { ApolloClient } from '@apollo/client';
import {
  CheckSafeModeDocument,
  EnterSafeModeDocument,
  LeaveSafeModeDocument,
  ViewerSafeModeDocument,
} from '../apollo/generated/active-safe-mode';
import type { ActiveSafeModeFragment } from '../apollo/generated/graphql';

/** What the server says about the safe mode of this tab. */
export interface CheckedSafeMode {
  /** Undefined where there is none any more. */
  safeMode: ActiveSafeModeFragment | undefined;
  /** Whether the viewer is in it. */
  viewerIsIn: boolean;
}

/** What a tab asks the server about being in a safe mode. Nothing of it is cached. */
export interface SafeModeRequests {
  /** Rejects with the request's error. */
  enter: (id: string) => Promise<ActiveSafeModeFragment | undefined>;
  /** Rejects with the request's error. */
  leave: (unitId: string) => Promise<void>;
  /** The one that the viewer is in; undefined also where there was no answer. */
  activeIn: (unitId: string) => Promise<ActiveSafeModeFragment | undefined>;
  /** Undefined where there was no answer. A closed one is refused, which the link of the header tells. */
  check: (unitId: string, id: string) => Promise<CheckedSafeMode | undefined>;
}

export function safeModeRequests(client: ApolloClient): SafeModeRequests {
  const fetchPolicy = 'no-cache';
  return {
    async enter(id) {
      const { data } = await client.mutate({
        mutation: EnterSafeModeDocument,
        variables: { id },
        fetchPolicy,
      });
      return data?.enterSafeMode;
    },
    async leave(unitId) {
      await client.mutate({ mutation: LeaveSafeModeDocument, variables: { unitId }, fetchPolicy });
    },
    async activeIn(unitId) {
      const { data } = await client
        .query({ query: ViewerSafeModeDocument, variables: { unitId }, fetchPolicy })
        .catch(() => ({ data: undefined }));
      return data?.viewer?.activeSafeMode ?? undefined;
    },
    async check(unitId, id) {
      const { data } = await client
        .query({ query: CheckSafeModeDocument, variables: { unitId, id }, fetchPolicy })
        .catch(() => ({ data: undefined }));
      if (!data) return undefined;
      const viewerIsIn = data.viewer?.activeSafeMode?.id === id;
      return { safeMode: data.safeMode ?? undefined, viewerIsIn };
    },
  };
}
