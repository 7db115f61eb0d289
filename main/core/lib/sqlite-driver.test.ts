import { expect, test, vi } from 'vitest';
import { closeAtExit, driverProblem, keepDriverLoaded } from './sqlite-driver.ts';

const failure = (message: string, code?: string) => Object.assign(new Error(message), { code });
const windows = { platform: 'win32', arch: 'x64' } as const;
const linux = { platform: 'linux', arch: 'x64' } as const;

test('a missing native module is named, with the command that installs it', () => {
  const error = failure(
    "Cannot find module '@libsql/linux-x64-gnu'\nRequire stack:\n- /a",
    'MODULE_NOT_FOUND',
  );
  expect(driverProblem(error, linux)).toMatch(/@libsql\/linux-x64-gnu is not installed: .*"npm ci"/);
  const whole = failure("Cannot find module 'libsql'\nRequire stack:\n- /a", 'MODULE_NOT_FOUND');
  expect(driverProblem(whole, linux)).toMatch(/: libsql is not installed/);
});

test('on Windows on ARM the message asks for the x64 Node, as there is no ARM build', () => {
  const arm = { platform: 'win32', arch: 'arm64' } as const;
  const error = failure("Cannot find module '@libsql/win32-arm64-msvc'", 'MODULE_NOT_FOUND');
  expect(driverProblem(error, arm)).toMatch(/none for Windows on arm64\. Use the x64 build of Node/);
});

test.each([
  'The specified module could not be found.\r\n\\\\?\\C:\\a\\index.node',
  'Das angegebene Modul wurde nicht gefunden.\r\n\\\\?\\C:\\a\\index.node',
  '指定されたモジュールが見つかりません。\r\n\\\\?\\C:\\a\\index.node',
])(
  'without the Visual C++ runtime the message says where to get it, in any language of Windows: %j',
  (message) => {
    expect(driverProblem(failure(message, 'ERR_DLOPEN_FAILED'), windows)).toMatch(
      /Visual C\+\+ runtime: install https:\/\/aka\.ms\/vs\/17\/release\/vc_redist\.x64\.exe$/,
    );
  },
);

test('on other systems the message has the system’s own reason', () => {
  const wrong = failure('/a/index.node: invalid ELF header', 'ERR_DLOPEN_FAILED');
  expect(driverProblem(wrong, linux)).toMatch(/\(\/a\/index\.node: invalid ELF header\): .*"npm ci"/);
  const full = failure('/a/index.node: cannot open: Too many open files', 'ERR_DLOPEN_FAILED');
  expect(driverProblem(full, linux)).toMatch(/too many files are open in this process$/);
});

test('any other error is left unchanged', () => {
  for (const error of [
    failure('disk I/O error', 'SQLITE_IOERR'),
    failure("Cannot find module './x'"),
    'text',
    null,
  ])
    expect(driverProblem(error, linux)).toBeUndefined();
});

test('on Windows the driver stays loaded, and one that does not load is left to the thread that uses it', () => {
  const load = vi.fn<() => never>(() => {
    throw failure('no', 'ERR_DLOPEN_FAILED');
  });
  keepDriverLoaded('linux', load);
  expect(load).not.toHaveBeenCalled();
  keepDriverLoaded('win32', load);
  expect(load).toHaveBeenCalledOnce();
});

test('what is open when the process exits is closed then, even if another cannot be closed', () => {
  const [closed, open] = [vi.fn(), vi.fn()];
  const forgetFailing = closeAtExit(() => {
    throw new Error('it cannot be closed');
  });
  closeAtExit(closed)();
  const forget = closeAtExit(open);
  for (const listener of process.listeners('exit')) if (listener.name === 'closeAll') listener(0);
  expect(closed).not.toHaveBeenCalled();
  expect(open).toHaveBeenCalledOnce();
  forget();
  forgetFailing();
});
