import type { FormatOptions, ReadFile, Unit } from '../../define.ts';
import { renpy } from '../format.ts';

export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

export function textOf(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

export function readText(text: string, path = 'game/script.rpy', options?: FormatOptions): ReadFile {
  return renpy.read(bytesOf(text), path, options);
}

export function unitsOf(text: string, path?: string, options?: FormatOptions): Unit[] {
  return readText(text, path, options).units;
}

export function writeText(
  text: string,
  targets: Record<string, string>,
  path = 'game/tl/french/script.rpy',
  options?: FormatOptions,
): { text: string; problems: string[] } {
  const written = renpy.write(bytesOf(text), path, new Map(Object.entries(targets)), options);
  return { text: textOf(written.bytes), problems: written.problems.map(({ code }) => code) };
}
