/*
 * bcryptprimitives.dll for wine before 9, which lacks it: the one function that Rust programs call.
 * It is beside node.exe in the cache of these tests and is never shipped.
 */
#include <windows.h>

/* advapi32 exports RtlGenRandom under this name. */
BOOLEAN NTAPI SystemFunction036(PVOID buffer, ULONG length);

#define MAX_STEP (1u << 20)

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE buffer, SIZE_T length)
{
    while (length > 0) {
        ULONG step = length < MAX_STEP ? (ULONG)length : MAX_STEP;
        if (!SystemFunction036(buffer, step))
            return FALSE;
        buffer += step;
        length -= step;
    }
    return TRUE;
}
