import { EditorView } from '@codemirror/view';

/** The editor in the console's own colours, light and dark, through its CSS variables. */
export const editorTheme = EditorView.theme({
  '&': { backgroundColor: 'var(--ui-bg)', color: 'var(--ui-text)', fontSize: '0.8125rem' },
  '&.cm-focused': { outline: '2px solid var(--ui-primary)', outlineOffset: '-1px' },
  '.cm-scroller': { fontFamily: 'var(--font-mono)', maxHeight: '60vh', overflow: 'auto' },
  '.cm-content': { minHeight: '8rem', caretColor: 'var(--ui-text-highlighted)' },
  '.cm-cursor': { borderLeftColor: 'var(--ui-text-highlighted)' },
  '.cm-gutters': {
    backgroundColor: 'var(--ui-bg-muted)',
    color: 'var(--ui-text-muted)',
    borderRight: '1px solid var(--ui-border)',
  },
  // The first is as specific as CodeMirror's own rule for a focused editor, which else wins.
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'color-mix(in srgb, var(--ui-primary) 25%, transparent)',
  },
  '.cm-tooltip': {
    backgroundColor: 'var(--ui-bg-elevated)',
    color: 'var(--ui-text)',
    border: '1px solid var(--ui-border-accented)',
  },
  '.tok-propertyName': { color: 'var(--ui-primary)' },
  '.tok-string': { color: 'var(--ui-success)' },
  '.tok-number, .tok-bool, .tok-null': { color: 'var(--ui-secondary)' },
});
