import { EditService } from '../../../src/change/edit.service';
import { type Editor } from '../../../src/change/editor';
import { type Operation } from '../../../src/change/core/task';

/** By the very object that was handed to the mutation. */
const asked = new WeakMap<Editor, readonly Operation[]>();

/** From now on the operations that mutations ask for are noted, as they reach the change core. */
export function noteOperations(): void {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- Called below with the `this` that it was called with.
  const edit = EditService.prototype.edit;
  jest.spyOn(EditService.prototype, 'edit').mockImplementation(function (this: EditService, request) {
    return edit.call(this, {
      ...request,
      operations: async (shown) => {
        const operations = await request.operations(shown);
        asked.set(request.editor, operations);
        return operations;
      },
    });
  });
}

/** What the editor's mutation asked for; nothing where it was refused before. Every mutation needs an editor of its own. */
export const operationsAskedBy = (editor: Editor): readonly Operation[] | undefined => asked.get(editor);
