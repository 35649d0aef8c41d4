import { iconTexts } from './icon-texts';

const mostBytes = 64 * 1024;
const types = ['image/png', 'image/jpeg', 'image/webp'];

/** A picture file as a `data:` URL, or why it cannot be an icon. */
export async function pictureUrl(file: File): Promise<{ url: string } | { problem: string }> {
  if (!types.includes(file.type)) return { problem: iconTexts.wrongType };
  if (file.size > mostBytes) {
    return {
      problem: iconTexts.tooLarge(Math.ceil(file.size / 1024)),
    };
  }
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.onerror = () => resolve({ problem: iconTexts.unreadable });
    reader.onload = () =>
      resolve(typeof reader.result === 'string' ? { url: reader.result } : { problem: iconTexts.unreadable });
    reader.readAsDataURL(file);
  });
}
