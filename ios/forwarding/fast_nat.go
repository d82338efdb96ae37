package forwarding

// What comes in from outside is the loop's.
func (v *View) translateIn(f *Flight) fastStep {
	if v.nat && f.in.nat == Outside {
		return punt
	}
	return goOn
}

// So is what is to cross from inside to outside.
func (v *View) translateOut(f *Flight) fastStep {
	if v.nat && f.out.nat.crosses(false, f.in.nat) {
		return punt
	}
	return goOn
}
