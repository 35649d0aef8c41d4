export const accountTexts = {
  roleIn: (unit: string) => `Role in ${unit}`,
  changePassword: 'Change password',
  presentPassword: 'Present password',
  newPassword: 'New password',
  passwordChanged: 'The password is changed.',
};
