package isakmp

import "github.com/ioslab/ioslab/isakmp/wire"

// mainMode in RFC 2409 §5.4: SA, SA; KE Ni, KE Nr; IDii HASH_I, IDir HASH_R.
var mainMode = []step{
	{
		role: Responder, waiting: StateReady, received: StateRMM1, next: StateRMM2,
		need: []uint8{wire.SAPayload}, process: (*sa).processMM1, reply: (*sa).replyMM2,
	},
	{
		role: Initiator, waiting: StateIMM1, received: StateIMM2, next: StateIMM3,
		need: []uint8{wire.SAPayload}, process: (*sa).processMM2, reply: (*sa).replyMM3,
	},
	{
		role: Responder, waiting: StateRMM2, received: StateRMM3, next: StateRMM4,
		need: []uint8{wire.KeyExchange, wire.Nonce}, process: (*sa).processKeys, reply: (*sa).replyMM4,
	},
	{
		role: Initiator, waiting: StateIMM3, received: StateIMM4, next: StateIMM5,
		need: []uint8{wire.KeyExchange, wire.Nonce}, process: (*sa).processKeys, reply: (*sa).replyMM5,
	},
	{
		role: Responder, waiting: StateRMM4, received: StateRMM5, next: StateP1Complete, encrypted: true,
		need: []uint8{wire.Identify}, proof: true, process: (*sa).processProof, reply: (*sa).replyMM6,
	},
	{
		role: Initiator, waiting: StateIMM5, received: StateIMM6, next: StateP1Complete, encrypted: true,
		need: []uint8{wire.Identify}, proof: true, process: (*sa).processProof, reply: func(*sa) {},
	},
}
