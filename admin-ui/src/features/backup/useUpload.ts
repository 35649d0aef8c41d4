import { computed, onScopeDispose, shallowRef, type ComputedRef, type ShallowRef } from 'vue';
import { faultOf, useClient, useConnection, type Fault } from '../../apollo';
import { BackupUploadDocument } from '../../apollo/generated/backup';
import type { BackupRejectionFragment } from '../../apollo/generated/graphql';
import { useSession, useUnit } from '../../session';
import { createFileUpload, discardUpload, type FileUpload } from './tus-upload';

/** `waiting`: the connection was cut and the upload goes on by itself; `stopped`: it waits for the person. */
export type UploadState = 'none' | 'sending' | 'waiting' | 'stopped' | 'arrived';

export interface Uploading {
  state: ShallowRef<UploadState>;
  file: ShallowRef<{ name: string; size: number } | undefined>;
  sent: ShallowRef<number>;
  /** Set when all bytes have arrived. */
  uploadId: ShallowRef<string | undefined>;
  /** What the server sees to be wrong with the file before any password. */
  rejected: ShallowRef<BackupRejectionFragment | undefined>;
  fault: ShallowRef<Fault | undefined>;
  /** True while a file is being sent. */
  busy: ComputedRef<boolean>;
  choose: (file: File) => void;
  /** Goes on after a fault. */
  resume: () => void;
  /** Takes the file away again, here and on the server. */
  discard: () => void;
}

/** A backup file on its way to the server, and the first look at it there. */
export function useUpload(): Uploading {
  const client = useClient();
  const session = useSession();
  const { unitId } = useUnit();
  const state = shallowRef<UploadState>('none');
  const file = shallowRef<{ name: string; size: number }>();
  const sent = shallowRef(0);
  const uploadId = shallowRef<string>();
  const rejected = shallowRef<BackupRejectionFragment>();
  const fault = shallowRef<Fault>();
  let upload: FileUpload | undefined;
  /** Counts the chosen files, so that what an earlier one still reports is not taken for the present one. */
  let turn = 0;

  function clear(): void {
    turn += 1;
    upload = undefined;
    state.value = 'none';
    sent.value = 0;
    file.value = uploadId.value = rejected.value = fault.value = undefined;
  }

  function discard(): void {
    if (uploadId.value) void discardUpload(uploadId.value);
    else void upload?.cancel();
    clear();
  }

  function choose(chosen: File): void {
    discard();
    const mine = turn;
    const forThisFile =
      <Values extends unknown[]>(listener: (...values: Values) => void) =>
      (...values: Values) => {
        if (mine === turn) listener(...values);
      };
    file.value = { name: chosen.name, size: chosen.size };
    state.value = 'sending';
    upload = createFileUpload(chosen, unitId.value, {
      onProgress: forThisFile((bytes: number) => {
        sent.value = bytes;
        state.value = 'sending';
      }),
      onWaiting: forThisFile(() => (state.value = 'waiting')),
      onFault: forThisFile(stop),
      onArrived: forThisFile((id: string) => void look(id, mine)),
    });
    upload.start();
  }

  function stop(reason: Fault): void {
    fault.value = reason;
    state.value = 'stopped';
    if (reason.code === 'UNAUTHENTICATED') session.expired.value = true;
  }

  async function look(id: string, mine: number): Promise<void> {
    try {
      const { data } = await client.query({
        query: BackupUploadDocument,
        variables: { id },
        fetchPolicy: 'no-cache',
      });
      if (mine !== turn) return;
      uploadId.value = id;
      rejected.value = data?.backupUpload?.rejected ?? undefined;
      state.value = 'arrived';
    } catch (error) {
      if (mine === turn) stop(faultOf(error));
    }
  }

  function resume(): void {
    fault.value = undefined;
    state.value = 'sending';
    upload?.start();
  }

  onScopeDispose(
    useConnection().onBack(() => {
      if (state.value === 'stopped' && fault.value?.code === 'OFFLINE') resume();
    }),
  );
  onScopeDispose(() => upload?.pause());

  return {
    state,
    file,
    sent,
    uploadId,
    rejected,
    fault,
    busy: computed(() => state.value === 'sending' || state.value === 'waiting'),
    choose,
    resume,
    discard,
  };
}
