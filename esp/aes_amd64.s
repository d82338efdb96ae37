//go:build !purego

#include "textflag.h"

// func substituted(w uint32) uint32
TEXT ·substituted(SB), NOSPLIT, $0-12
	MOVL            w+0(FP), AX
	MOVQ            AX, X0
	PSHUFD          $0, X0, X0
	AESKEYGENASSIST $0, X0, X1
	MOVQ            X1, AX
	MOVL            AX, ret+8(FP)
	RET

// func unmixed(key *roundKey)
TEXT ·unmixed(SB), NOSPLIT, $0-8
	MOVQ   key+0(FP), AX
	MOVUPS (AX), X0
	AESIMC X0, X0
	MOVUPS X0, (AX)
	RET

// func encryptCBC(keys []roundKey, iv *roundKey, b []byte)
TEXT ·encryptCBC(SB), NOSPLIT, $0-56
	MOVQ   keys_base+0(FP), AX
	MOVQ   keys_len+8(FP), CX
	MOVQ   iv+24(FP), BX
	MOVQ   b_base+32(FP), DI
	MOVQ   b_len+40(FP), DX
	SHLQ   $4, CX
	LEAQ   -16(AX)(CX*1), R8  // the last key
	MOVUPS (BX), X0
	MOVUPS (AX), X1
	MOVUPS (R8), X2

block:
	CMPQ   DX, $16
	JB     done
	MOVUPS (DI), X3
	PXOR   X1, X3
	PXOR   X3, X0
	LEAQ   16(AX), R9

round:
	MOVUPS (R9), X4
	AESENC X4, X0
	ADDQ   $16, R9
	CMPQ   R9, R8
	JB     round

	AESENCLAST X2, X0
	MOVUPS     X0, (DI)
	ADDQ       $16, DI
	SUBQ       $16, DX
	JMP        block

done:
	RET

// func decryptCBC(keys []roundKey, iv *roundKey, b []byte)
TEXT ·decryptCBC(SB), NOSPLIT, $0-56
	MOVQ   keys_base+0(FP), AX
	MOVQ   keys_len+8(FP), CX
	MOVQ   iv+24(FP), BX
	MOVQ   b_base+32(FP), DI
	MOVQ   b_len+40(FP), DX
	SHLQ   $4, CX
	LEAQ   -16(AX)(CX*1), R8  // the last key
	MOVUPS (BX), X9           // the ciphertext before
	MOVUPS (AX), X10
	MOVUPS (R8), X11

eight:
	CMPQ   DX, $128
	JB     one
	MOVUPS 0(DI), X0
	MOVUPS 16(DI), X1
	MOVUPS 32(DI), X2
	MOVUPS 48(DI), X3
	MOVUPS 64(DI), X4
	MOVUPS 80(DI), X5
	MOVUPS 96(DI), X6
	MOVUPS 112(DI), X7
	PXOR   X10, X0
	PXOR   X10, X1
	PXOR   X10, X2
	PXOR   X10, X3
	PXOR   X10, X4
	PXOR   X10, X5
	PXOR   X10, X6
	PXOR   X10, X7
	LEAQ   16(AX), R9

eightRounds:
	MOVUPS (R9), X8
	AESDEC X8, X0
	AESDEC X8, X1
	AESDEC X8, X2
	AESDEC X8, X3
	AESDEC X8, X4
	AESDEC X8, X5
	AESDEC X8, X6
	AESDEC X8, X7
	ADDQ   $16, R9
	CMPQ   R9, R8
	JB     eightRounds

	AESDECLAST X11, X0
	AESDECLAST X11, X1
	AESDECLAST X11, X2
	AESDECLAST X11, X3
	AESDECLAST X11, X4
	AESDECLAST X11, X5
	AESDECLAST X11, X6
	AESDECLAST X11, X7

	// The ciphertext is where the cleartext goes: from the last to the first.
	PXOR   X9, X0
	MOVUPS 112(DI), X9
	MOVUPS 96(DI), X8
	PXOR   X8, X7
	MOVUPS X7, 112(DI)
	MOVUPS 80(DI), X8
	PXOR   X8, X6
	MOVUPS X6, 96(DI)
	MOVUPS 64(DI), X8
	PXOR   X8, X5
	MOVUPS X5, 80(DI)
	MOVUPS 48(DI), X8
	PXOR   X8, X4
	MOVUPS X4, 64(DI)
	MOVUPS 32(DI), X8
	PXOR   X8, X3
	MOVUPS X3, 48(DI)
	MOVUPS 16(DI), X8
	PXOR   X8, X2
	MOVUPS X2, 32(DI)
	MOVUPS 0(DI), X8
	PXOR   X8, X1
	MOVUPS X1, 16(DI)
	MOVUPS X0, 0(DI)
	ADDQ   $128, DI
	SUBQ   $128, DX
	JMP    eight

one:
	CMPQ   DX, $16
	JB     done
	MOVUPS (DI), X8
	MOVAPS X8, X0
	PXOR   X10, X0
	LEAQ   16(AX), R9

oneRound:
	MOVUPS (R9), X1
	AESDEC X1, X0
	ADDQ   $16, R9
	CMPQ   R9, R8
	JB     oneRound

	AESDECLAST X11, X0
	PXOR       X9, X0
	MOVAPS     X8, X9
	MOVUPS     X0, (DI)
	ADDQ       $16, DI
	SUBQ       $16, DX
	JMP        one

done:
	RET
