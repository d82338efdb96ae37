package debugtext

// ReplayError: an ESP packet came twice, or too late.
func (t *Table) ReplayError(connID int) Line {
	return syslog(4, "PKT_REPLAY_ERR", "decrypt: replay check failed\n\tconnection id=%d", connID)
}

// MACError: an ESP packet's authenticator was wrong.
func (t *Table) MACError(connID int) Line {
	return syslog(4, "RECVD_PKT_MAC_ERR", "decrypt: mac verify failed for connection id=%d", connID)
}
