import type { Mutation, Fault } from '../apollo';
import { useConfirm } from '../ui/confirm';
import { useTellEdit } from './useTellEdit';

interface Removal<Data, Input> {
  /** "plugin", "workspace"… */
  kind: string;
  name: string;
  /** What else goes, or what stays, in one sentence. */
  text?: string;
  mutation: Mutation<Data, Input>;
  input: (detach: boolean) => Input;
}

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

  return async ({ kind, name, text, mutation, input }) => {
    const title = `Delete ${kind} “${name}”?`;
    if (!(await confirm.ask({ title, text, action: 'Delete', destructive: true }))) return false;
    const goneIsTold = () => {
      tellEdit(`${kind.charAt(0).toUpperCase()}${kind.slice(1)} “${name}” deleted`);
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

function usersIn(fault: Fault | undefined): string[] {
  const conflicts =
    fault?.conflicts.filter(({ code }) => code === 'IN_USE' || code === 'REFERENCE_GAINED') ?? [];
  const names = conflicts
    .flatMap(({ referrers }) => referrers)
    .map(({ type, name }) => `${typeNames[type] ?? type} “${name}”`);
  return [...new Set(names)];
}
