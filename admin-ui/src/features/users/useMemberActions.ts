import { computed, shallowRef, type ComputedRef, type ShallowRef } from 'vue';
import { useMutation, type Fault } from '../../apollo';
import {
  RemoveMemberDocument,
  ResetPasswordDocument,
  UpdateMemberDocument,
} from '../../apollo/generated/users';
import type { MembersQuery, UpdateMemberInput } from '../../apollo/generated/graphql';
import { useUnit } from '../../session';
import { useConfirm } from '../../ui/confirm';

export type Member = NonNullable<MembersQuery['unit']>['members']['nodes'][number];

/** A one-time link to hand over: no mail is sent. */
export interface HandedLink {
  title: string;
  text: string;
  url: string;
}

export interface MemberActions {
  fault: ComputedRef<Fault | undefined>;
  link: ShallowRef<HandedLink | undefined>;
  change: (member: Member, what: Pick<UpdateMemberInput, 'role' | 'active'>) => Promise<void>;
  setActive: (member: Member, active: boolean) => Promise<void>;
  remove: (member: Member) => Promise<void>;
  resetPassword: (member: Member) => Promise<void>;
  showInvitation: (member: Member) => void;
  show: (link: HandedLink) => void;
}

/** What an admin may do to a member of the unit. */
export function useMemberActions(): MemberActions {
  const { unit, unitId } = useUnit();
  const confirm = useConfirm();
  const update = useMutation(UpdateMemberDocument);
  const removal = useMutation(RemoveMemberDocument);
  const reset = useMutation(ResetPasswordDocument);
  const link = shallowRef<HandedLink>();

  /** One message at a time: of what was tried last. */
  function clear(): void {
    update.fault.value = removal.fault.value = reset.fault.value = undefined;
  }

  async function change(member: Member, what: Pick<UpdateMemberInput, 'role' | 'active'>): Promise<void> {
    clear();
    await update.run({ input: { unitId: unitId.value, userId: member.user.id, ...what } });
  }

  return {
    fault: computed(() => update.fault.value ?? removal.fault.value ?? reset.fault.value),
    link,
    change,
    async setActive(member, active) {
      const goOn =
        active ||
        (await confirm.ask({
          title: `Deactivate ${member.user.name}?`,
          text: 'They can no longer sign in. What they made stays theirs.',
          action: 'Deactivate',
          destructive: true,
        }));
      if (goOn) await change(member, { active });
    },
    async remove(member) {
      clear();
      const goOn = await confirm.ask({
        title: `Remove ${member.user.name} from ${unit.value.name}?`,
        text: 'They no longer see this unit. What they made stays theirs.',
        action: 'Remove',
        destructive: true,
      });
      if (goOn) await removal.run({ unitId: unitId.value, userId: member.user.id });
    },
    async resetPassword(member) {
      clear();
      const made = await reset.run({ unitId: unitId.value, userId: member.user.id });
      if (!made) return;
      link.value = {
        title: `New password for ${member.user.name}`,
        text: 'Give this link to them. It works once, and whoever opens it can choose the password.',
        url: made.resetPassword,
      };
    },
    showInvitation(member) {
      if (member.inviteUrl) link.value = invitationLink(member.user.name, member.inviteUrl);
    },
    show: (given) => (link.value = given),
  };
}

export function invitationLink(name: string, url: string): HandedLink {
  return {
    title: `Invitation for ${name}`,
    text: 'Give this link to them. It works once, and whoever opens it can choose the password.',
    url,
  };
}
