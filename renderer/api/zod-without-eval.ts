import { z } from 'zod';

/** The page's policy forbids what zod would speed itself up with; even its trying would be a violation. */
z.config({ jitless: true });
