import { type Section } from '../rows/section';

/** Something that a reader leaves out and goes on. */
export interface ContentWarning {
  code: 'UNKNOWN_FIELD';
  message: string;
  section: Section;
  field: string;
  /** The first line that has it. */
  line: number;
}

const mostKept = 100;

/** One warning per unknown field of a section; a hundred in all, so that a hostile file cannot fill the memory. */
export class WarningList {
  private readonly byField = new Map<string, ContentWarning>();

  unknownField(section: Section, field: string, line: number): void {
    const place = `${section} ${field}`;
    if (this.byField.size >= mostKept || this.byField.has(place)) return;
    const shown = field.slice(0, 100);
    const message = `The field "${shown}" of ${section} is not known to this version and is left out.`;
    this.byField.set(place, { code: 'UNKNOWN_FIELD', message, section, field: shown, line });
  }

  get all(): ContentWarning[] {
    return [...this.byField.values()];
  }
}
