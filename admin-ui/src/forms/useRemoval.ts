import type { Mutation, Fault } from '../apollo';
import { useConfirm } from '../ui/confirm';
import { useTellEdit } from './useTellEdit';

interface Removal<Data, Input> {
  /** "plugin", "workspace"… */
  kind: string;
  name: string;
  /** What people call it: "Delete" unless given. */
  verb?: Verb;
  /** What else goes, or what stays, in one sentence. */
  text?: string;
  mutation: Mutation<Data, Input>;
  input: (detach: boolean) => Input;
}

type Verb = 'Delete' | 'Remove';

/** How each verb ends the sentence that it is done. */
const done = { Delete: 'deleted', Remove: 'removed' } as const;

const pages: Record<string, string> = {
  PLUGIN: '/admin/plugins',
  WORKSPACE: '/admin/workspaces',
  PROFILE: '/admin/profiles',
};

const typeNames: Record<string, string> = {
  PLUGIN: 'plugin',
  WORKSPACE: 'workspace',
  PROFILE: 'profile',
  CONFIG_KEY: 'config key',
};

/**
 * Deletes after a question that names what goes. Where others use it, names them and offers to remove it there
 * too. Resolves to true when it is gone, which a toast tells; another refusal stays in the mutation's `fault`.
 */
export function useRemoval(): <Data, Input>(removal: Removal<Data, Input>) => Promise<boolean> {
  const confirm = useConfirm();
  const tellEdit = useTellEdit();

  return async ({ kind, name, verb = 'Delete', text, mutation, input }) => {
    const title = `${verb} ${kind} “${name}”?`;
    if (!(await confirm.ask({ title, text, action: verb, destructive: true }))) return false;
    const goneIsTold = () => {
      tellEdit(`${kind.charAt(0).toUpperCase()}${kind.slice(1)} “${name}” ${done[verb]}`);
      return true;
    };
    if (await mutation.run(input(false))) return goneIsTold();

    const users = usersIn(mutation.fault.value);
    if (users.length === 0) return false;
    mutation.fault.value = undefined;
    const goOn = await confirm.ask({
      title: `“${name}” is in use`,
      text: 'It is used by what is listed here. You can remove it there too.',
      items: users,
      action: 'Remove there too',
      destructive: true,
    });
    return goOn && (await mutation.run(input(true))) !== undefined && goneIsTold();
  };
}

/** What uses it, each once, with the page on which one can look at it first. */
function usersIn(fault: Fault | undefined): { text: string; to?: string }[] {
  const conflicts =
    fault?.conflicts.filter(({ code }) => code === 'IN_USE' || code === 'REFERENCE_GAINED') ?? [];
  const referrers = new Map(conflicts.flatMap((each) => each.referrers).map((each) => [each.id, each]));
  return [...referrers.values()].map(({ type, id, name }) => ({
    text: `${typeNames[type] ?? type} “${name}”`,
    to: pages[type] && `${pages[type]}/${id}`,
  }));
}
