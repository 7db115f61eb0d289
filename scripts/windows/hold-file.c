/*
 * Holds a file open like an editor, a virus scanner or a backup:
 *
 *     hold-file.exe PATH SHARE MILLISECONDS
 *
 * SHARE says what other programs may do meanwhile: any of the letters r (read), w (write), d (delete, rename), or - for nothing.
 * Prints "held" once the file is open, "released" at the end. Exit code 1 if the file cannot be opened.
 */
#include <windows.h>
#include <stdio.h>
#include <wchar.h>

int wmain(int count, wchar_t **words)
{
    if (count != 4) {
        fprintf(stderr, "hold-file PATH SHARE MILLISECONDS\n");
        return 2;
    }
    DWORD share = 0;
    if (wcschr(words[2], L'r'))
        share |= FILE_SHARE_READ;
    if (wcschr(words[2], L'w'))
        share |= FILE_SHARE_WRITE;
    if (wcschr(words[2], L'd'))
        share |= FILE_SHARE_DELETE;
    /* Backup semantics: a folder can be held too. */
    HANDLE file = CreateFileW(words[1], GENERIC_READ, share, NULL, OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS, NULL);
    if (file == INVALID_HANDLE_VALUE) {
        fprintf(stderr, "cannot open the file: error %lu\n", GetLastError());
        return 1;
    }
    printf("held\n");
    fflush(stdout);
    Sleep(wcstoul(words[3], NULL, 10));
    CloseHandle(file);
    printf("released\n");
    return 0;
}
