import { ValidateBy } from 'class-validator';

const CONTROL = /\p{Cc}/u;
const CONTROL_BUT_LINES = /[^\P{Cc}\t\n\r]/u;
const VISIBLE = /[^\p{White_Space}\p{C}]/u;

/** Without control characters: they belong to terminals, and a list or a log would obey them. */
export const Printable = ({ multiline }: { multiline: boolean }): PropertyDecorator => {
  const control = multiline ? CONTROL_BUT_LINES : CONTROL;
  return ruled('printable', 'must not contain control characters', (text) => !control.test(text));
};

/** With something to see in it: blanks alone are an empty text that looks like another. */
export const Visible = (): PropertyDecorator =>
  ruled('visible', 'must have a visible character', (text) => VISIBLE.test(text));

const ruled = (name: string, message: string, holds: (text: string) => boolean): PropertyDecorator =>
  ValidateBy({
    name,
    validator: {
      validate: (value: unknown) => typeof value === 'string' && holds(value),
      defaultMessage: () => message,
    },
  });
