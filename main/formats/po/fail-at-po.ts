import { fileFault, type PoFault } from '../file-fault.ts';
import { failAt } from '../shared/text-format.ts';

/** @throws FormatError with the line of the text offset */
export function failAtPo(text: string, offset: number, fault: PoFault, message: string): never {
  return failAt(text, offset, (line) => fileFault('po', { line, fault }, `Line ${line}: ${message}`));
}
