import { version } from '../package.json';

/** The product's version, built in. */
export const productVersion: string = version;
