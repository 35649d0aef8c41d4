export const iconTexts = {
  icon: 'Icon',
  initials: 'Initials',
  colour: 'Colour',
  upload: 'Upload a picture',
  remove: 'Remove the icon',
  help: 'A picture is PNG, JPEG or WebP and at most 64 KiB.',
  wrongType: 'Choose a PNG, JPEG or WebP picture.',
  tooLarge: (size: number) => `This picture has ${size} KiB. At most 64 KiB fit into an icon.`,
  unreadable: 'The picture cannot be read.',
};
