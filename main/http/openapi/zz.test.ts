import { it } from 'vitest';
import { componentSchemas } from './schemas.ts';
import { routes } from '../routes.ts';
it('x', () => {
const t=performance.now();
const s = componentSchemas([...new Set(routes.flatMap(r=>[r.operation, ...(r.streamed?[r.streamed]:[])]))] as never);
console.log(performance.now()-t, Object.keys(s).join(' '), JSON.stringify(s).length, JSON.stringify(s).match(/__shared|"#\/\$defs/g));
console.log(JSON.stringify(s['ChatSendAnswer']).slice(0,3000)); console.log(JSON.stringify(s['PackVariable']), JSON.stringify(s['VariableShape']).slice(0,800));console.log(JSON.stringify(s['RegistryGetRequest']))
});
