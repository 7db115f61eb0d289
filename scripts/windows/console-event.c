/*
 * Starts a console program, waits until a file appears, sends it a console event, and waits for its end:
 *
 *     console-event.exe c|break READY-FILE OUTPUT-FILE COMMAND-LINE
 *
 * The program writes to OUTPUT-FILE; it creates READY-FILE when it can be stopped. Prints the exit code.
 * Exit code 0 if the program ended by itself, 1 if it had to be killed.
 */
#include <windows.h>
#include <stdio.h>
#include <wchar.h>

#define READY_TIMEOUT_MS 60000
#define END_TIMEOUT_MS 20000

/* The event reaches all programs of the console, including this one. */
static BOOL WINAPI ignore(DWORD event)
{
    (void)event;
    return TRUE;
}

static BOOL appears(const wchar_t *path, HANDLE process)
{
    for (DWORD waited = 0; waited < READY_TIMEOUT_MS; waited += 50) {
        if (GetFileAttributesW(path) != INVALID_FILE_ATTRIBUTES)
            return TRUE;
        if (WaitForSingleObject(process, 50) == WAIT_OBJECT_0)
            return FALSE;
    }
    return FALSE;
}

int wmain(int count, wchar_t **words)
{
    if (count != 5) {
        fprintf(stderr, "console-event c|break READY-FILE OUTPUT-FILE COMMAND-LINE\n");
        return 2;
    }
    BOOL is_break = wcscmp(words[1], L"break") == 0;
    /* When started from a Unix shell, wine's console does not support events. */
    FreeConsole();
    AllocConsole();
    SetConsoleCtrlHandler(ignore, TRUE);

    SECURITY_ATTRIBUTES inherited = {sizeof inherited, NULL, TRUE};
    DWORD share = FILE_SHARE_READ | FILE_SHARE_WRITE;
    HANDLE output = CreateFileW(words[3], GENERIC_WRITE, share, &inherited, CREATE_ALWAYS, 0, NULL);
    HANDLE input = CreateFileW(L"NUL", GENERIC_READ, share, &inherited, OPEN_EXISTING, 0, NULL);
    STARTUPINFOW start = {0};
    start.cb = sizeof start;
    start.dwFlags = STARTF_USESTDHANDLES;
    start.hStdInput = input;
    start.hStdOutput = output;
    start.hStdError = output;
    PROCESS_INFORMATION child;
    if (!CreateProcessW(NULL, words[4], NULL, NULL, TRUE, 0, NULL, NULL, &start, &child)) {
        fprintf(stderr, "cannot start the program: error %lu\n", GetLastError());
        return 1;
    }
    if (!appears(words[2], child.hProcess)) {
        TerminateProcess(child.hProcess, 99);
        fprintf(stderr, "the program was never ready\n");
        return 1;
    }
    /* To all programs of the console, like the keyboard. */
    if (!GenerateConsoleCtrlEvent(is_break ? CTRL_BREAK_EVENT : CTRL_C_EVENT, 0))
        fprintf(stderr, "cannot send the event: error %lu\n", GetLastError());
    DWORD code = 0;
    if (WaitForSingleObject(child.hProcess, END_TIMEOUT_MS) != WAIT_OBJECT_0) {
        TerminateProcess(child.hProcess, 99);
        fprintf(stderr, "the program did not stop\n");
        return 1;
    }
    GetExitCodeProcess(child.hProcess, &code);
    printf("%lu\n", code);
    return 0;
}
