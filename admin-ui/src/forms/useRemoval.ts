import type { Mutation, Fault } from '../apollo';
import type { ConfigurationType } from '../apollo/generated/graphql';
import { actionTexts } from '../texts';
import { useConfirm } from '../ui/confirm';
import { removalTexts, type RemovalVerb } from './texts';
import { useTellEdit } from './useTellEdit';

interface Removal<Data, Input> {
  type: ConfigurationType;
  name: string;
  /** What people call it: that they delete it, unless given. */
  verb?: RemovalVerb;
  /** What else goes, or what stays, in one sentence. */
  text?: string;
  mutation: Mutation<Data, Input>;
  input: (detach: boolean) => Input;
}

const pages: Record<string, string> = {
  PLUGIN: '/admin/plugins',
  WORKSPACE: '/admin/workspaces',
  PROFILE: '/admin/profiles',
};

/**
 * Deletes after a question that names what goes. Where others use it, names them and offers to remove it there
 * too. Resolves to true when it is gone, which a toast tells; another refusal stays in the mutation's `fault`.
 */
export function useRemoval(): <Data, Input>(removal: Removal<Data, Input>) => Promise<boolean> {
  const confirm = useConfirm();
  const tellEdit = useTellEdit();

  return async ({ type, name, verb = 'delete', text, mutation, input }) => {
    const title = removalTexts.question(verb, type, name);
    if (!(await confirm.ask({ title, text, action: actionTexts[verb], destructive: true }))) return false;
    const goneIsTold = () => {
      tellEdit(removalTexts.gone(verb, type, name));
      return true;
    };
    if (await mutation.run(input(false))) return goneIsTold();

    const users = usersIn(mutation.fault.value);
    if (users.length === 0) return false;
    mutation.fault.value = undefined;
    const goOn = await confirm.ask({
      title: removalTexts.inUse(name),
      text: removalTexts.usedBy,
      items: users,
      action: removalTexts.removeThereToo,
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
    text: removalTexts.user(type, name),
    to: pages[type] && `${pages[type]}/${id}`,
  }));
}
