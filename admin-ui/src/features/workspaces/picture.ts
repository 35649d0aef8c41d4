const mostBytes = 64 * 1024;
const types = ['image/png', 'image/jpeg', 'image/webp'];

/** A picture file as a `data:` URL, or why it cannot be an icon. */
export async function pictureUrl(file: File): Promise<{ url: string } | { problem: string }> {
  if (!types.includes(file.type)) return { problem: 'Choose a PNG, JPEG or WebP picture.' };
  if (file.size > mostBytes) {
    return {
      problem: `This picture has ${Math.ceil(file.size / 1024)} KiB. At most 64 KiB fit into an icon.`,
    };
  }
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.onerror = () => resolve({ problem: 'The picture cannot be read.' });
    reader.onload = () =>
      resolve(
        typeof reader.result === 'string'
          ? { url: reader.result }
          : { problem: 'The picture cannot be read.' },
      );
    reader.readAsDataURL(file);
  });
}
