import { computed, shallowRef, type ComputedRef, type ShallowRef } from 'vue';
import { useMutation, type Fault } from '../../apollo';
import {
  RemoveMemberDocument,
  ResetPasswordDocument,
  UpdateMemberDocument,
} from '../../apollo/generated/users';
import type { MembersQuery, Role, UpdateMemberInput } from '../../apollo/generated/graphql';
import { useSession, useUnit } from '../../session';
import { actionTexts, roleNames } from '../../texts';
import { useConfirm } from '../../ui/confirm';
import { useToasts } from '../../ui/toasts';
import { linkTexts, memberActions, memberQuestions, userTexts } from './texts';

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
  setRole: (member: Member, role: Role) => Promise<void>;
  setActive: (member: Member, active: boolean) => Promise<void>;
  remove: (member: Member) => Promise<void>;
  /** Makes a link with which a new password is chosen, or the first one. Earlier links end. */
  resetPassword: (member: Member) => Promise<void>;
  showInvitation: (member: Member) => void;
  show: (link: HandedLink) => void;
}

/** What an admin may do to a member of the unit. */
export function useMemberActions(): MemberActions {
  const { unit, unitId } = useUnit();
  const session = useSession();
  const confirm = useConfirm();
  const toasts = useToasts();
  const update = useMutation(UpdateMemberDocument);
  const removal = useMutation(RemoveMemberDocument);
  const reset = useMutation(ResetPasswordDocument);
  const link = shallowRef<HandedLink>();

  /** One message at a time: of what was tried last. */
  function clear(): void {
    update.fault.value = removal.fault.value = reset.fault.value = undefined;
  }

  async function change(
    { user }: Member,
    what: Pick<UpdateMemberInput, 'role' | 'active'>,
    done: string,
  ): Promise<void> {
    clear();
    if (await update.run({ input: { unitId: unitId.value, userId: user.id, ...what } })) toasts.say(done);
  }

  return {
    fault: computed(() => update.fault.value ?? removal.fault.value ?? reset.fault.value),
    link,
    async setRole(member, role) {
      const { id, name } = member.user;
      const isOwn = id === session.viewer.value?.id;
      const goOn =
        !isOwn ||
        (await confirm.ask({
          title: memberQuestions.takeRole(roleNames[role]),
          text: userTexts.demoteSelf,
          action: memberActions.changeOwnRole,
          destructive: true,
        }));
      if (!goOn) return;
      await change(member, { role }, userTexts.changedRole(name, roleNames[role]));
      if (isOwn) await session.reload();
    },
    async setActive(member, active) {
      const goOn =
        active ||
        (await confirm.ask({
          title: memberQuestions.deactivate(member.user.name),
          text: userTexts.deactivate,
          action: memberActions.deactivate,
          destructive: true,
        }));
      const done = active ? userTexts.activated : userTexts.deactivated;
      if (goOn) await change(member, { active }, done(member.user.name));
    },
    async remove(member) {
      clear();
      const goOn = await confirm.ask({
        title: memberQuestions.remove(member.user.name, unit.value.name),
        text: userTexts.remove,
        action: actionTexts.remove,
        destructive: true,
      });
      if (!goOn) return;
      const gone = await removal.run({ unitId: unitId.value, userId: member.user.id });
      if (gone) toasts.say(userTexts.removed(member.user.name, unit.value.name));
    },
    async resetPassword(member) {
      clear();
      const made = await reset.run({ unitId: unitId.value, userId: member.user.id });
      if (!made) return;
      const { name } = member.user;
      link.value = member.invited
        ? invitationLink(name, made.resetPassword, null)
        : { title: linkTexts.reset(name), text: linkTexts.resetText, url: made.resetPassword };
    },
    showInvitation(member) {
      const { inviteUrl, inviteExpiresAt, user } = member;
      if (inviteUrl) link.value = invitationLink(user.name, inviteUrl, inviteExpiresAt);
    },
    show: (given) => (link.value = given),
  };
}

export function invitationLink(name: string, url: string, until: string | null): HandedLink {
  return { title: linkTexts.invitation(name), text: linkTexts.invitationText(until), url };
}
