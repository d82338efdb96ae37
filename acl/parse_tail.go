package acl

var (
	establishedWord = []alternative{keyword(tagEstablished, "established", "Segments of a connection that exists")}
	matchWords      = []alternative{
		keyword(tagMatchAll, "match-all", "Match when all signed flags agree"),
		keyword(tagMatchAny, "match-any", "Match when one signed flag agrees"),
	}
	flagWords   = namesOf(tagFlag, tcpFlags)
	signedWords = signed()

	precedenceWord = keyword(tagPrecedence, "precedence", "Compare IP precedence")
	tosWord        = keyword(tagTOS, "tos", "Compare type of service")
	dscpWord       = keyword(tagDSCP, "dscp", "Compare the DSCP")
	fragmentsWord  = keyword(tagFragments, "fragments", "Only fragments after the first")
	timeRangeWord  = keyword(tagTimeRange, "time-range", "Only while a time range is active")
	optionWord     = keyword(tagOption, "option", "Compare the options of the IP header")
	optionWords    = append([]alternative{
		numberIn(tagValue, 0, 255, "Number of the option"),
		keyword(tagAnyOption, "any-options", "There are options"),
	}, namesOf(tagValue, HeaderOptions)...)
	reflectWord    = keyword(tagReflect, "reflect", "Let the answers pass by a reflexive list")
	reflexiveName  = []alternative{name(tagName, "Name of the reflexive list")}
	timeoutWord    = keyword(tagTimeout, "timeout", "How long its entries last without packets")
	timeoutSeconds = []alternative{numberIn(tagValue, 1, 2147483, "Seconds")}
	timeRangeName  = []alternative{name(tagName, "Name of the time range")}
	logWords       = []alternative{
		keyword(tagLog, "log", "Report matches"),
		keyword(tagLogInput, "log-input", "Report matches, with interface and sender"),
	}
)

func signed() []alternative {
	var alts []alternative
	for _, f := range tcpFlags {
		alts = append(alts,
			alternative{altKeyword, tagSigned, "+" + f.Word, uint32(f.Value), 0, f.Help + " set"},
			alternative{altKeyword, tagSigned, "-" + f.Word, uint32(f.Value) << 8, 0, f.Help + " clear"})
	}
	return alts
}

// tail reads what follows the destination address, in any order: destination
// ports come first, since they stand beside the address.
func (p *parser) tail() error {
	tag, v, err := p.ports(&p.e.DstPorts, p.qualifiers)
	for err == nil && tag != tagEnd {
		if err = p.qualifier(tag, v); err == nil {
			tag, v, err = p.pick(p.qualifiers()...)
		}
	}
	return err
}

// qualifiers are the words that may still come.
func (p *parser) qualifiers() [][]alternative {
	e := &p.e
	var alts [][]alternative
	if names := messageNames(e.Protocol); names != nil {
		alts = append(alts, p.messageWords(names))
	}
	if e.Protocol == protoTCP {
		alts = append(alts, p.tcpWords()...)
	}
	var rest []alternative
	if e.DSCP == 0 && e.Precedence == 0 && e.TOS == 0 {
		rest = append(rest, dscpWord)
	}
	if !e.Fragments && !e.needsTransport() {
		rest = append(rest, fragmentsWord)
	}
	if e.Log == NoLog {
		rest = append(rest, logWords...)
	}
	if e.DSCP == 0 && e.Precedence == 0 {
		rest = append(rest, precedenceWord)
	}
	if p.named && e.HeaderOption == 0 && !e.AnyOption {
		rest = append(rest, optionWord)
	}
	if p.named && e.Action == Permit && e.Reflect == "" {
		rest = append(rest, reflectWord)
	}
	if e.TimeRange == "" {
		rest = append(rest, timeRangeWord)
	}
	if p.last == tagReflect {
		rest = append(rest, timeoutWord)
	}
	if e.DSCP == 0 && e.TOS == 0 {
		rest = append(rest, tosWord)
	}
	return append(alts, append(rest, endOfLine))
}

// messageWords are a type by name or number, or the code after a number.
func (p *parser) messageWords(names []Name) []alternative {
	if p.last == tagType && p.e.Protocol == protoICMP {
		return []alternative{numberIn(tagCode, 0, 255, "ICMP code")}
	}
	if p.e.Message.Type != 0 || p.e.Fragments {
		return nil
	}
	number := numberIn(tagType, 0, 255, "ICMP type")
	if p.e.Protocol == protoIGMP {
		number = numberIn(tagType, 0, 15, "IGMP type")
	}
	return append([]alternative{number}, namesOf(tagMessage, names)...)
}

func (p *parser) tcpWords() [][]alternative {
	f := p.e.Flags
	switch {
	case p.last == tagSigned:
		return [][]alternative{signedWords}
	case p.e.Fragments || f.Mode == FlagsAny || f.Mode == FlagsAll:
		return nil
	case f.Mode == NoFlags:
		return [][]alternative{flagWords, establishedWord, matchWords}
	case f.Established:
		return [][]alternative{flagWords}
	}
	return [][]alternative{flagWords, establishedWord}
}

func (p *parser) qualifier(tag int, v uint32) (err error) {
	e := &p.e
	p.last = tag
	switch tag {
	case tagMessage:
		e.Message = message(uint16(v))
	case tagType:
		e.Message.Type = Some(uint8(v))
	case tagCode:
		e.Message.Code = Some(uint8(v))
	case tagFlag:
		e.Flags.Mode = FlagsListed
		e.Flags.Set |= uint8(v)
	case tagEstablished:
		e.Flags.Mode, e.Flags.Established = FlagsListed, true
	case tagMatchAny:
		e.Flags.Mode = FlagsAny
		return p.firstSigned()
	case tagMatchAll:
		e.Flags.Mode = FlagsAll
		return p.firstSigned()
	case tagSigned:
		e.Flags.sign(v)
	case tagPrecedence:
		e.Precedence, err = p.value(7, "Precedence", Precedences)
	case tagTOS:
		e.TOS, err = p.value(15, "Type of service", ServiceTypes)
	case tagDSCP:
		e.DSCP, err = p.value(63, "Code point", DSCPs)
	case tagFragments:
		e.Fragments = true
	case tagLog:
		e.Log = LogMatch
	case tagLogInput:
		e.Log = LogInput
	case tagOption:
		var tag int
		tag, v, err = p.pick(optionWords)
		if e.AnyOption = tag == tagAnyOption; !e.AnyOption {
			e.HeaderOption = Some(uint8(v))
		}
	case tagTimeRange:
		e.TimeRange, err = p.name(timeRangeName)
	case tagReflect:
		e.Reflect, err = p.name(reflexiveName)
	case tagTimeout:
		_, e.Timeout, err = p.pick(timeoutSeconds)
	}
	return err
}

// name reads any word.
func (p *parser) name(what []alternative) (string, error) {
	if _, _, err := p.pick(what); err != nil {
		return "", err
	}
	return p.words[p.next-1], nil
}

// value reads a number or its name.
func (p *parser) value(high uint32, help string, names []Name) (Option, error) {
	_, v, err := p.pick([]alternative{numberIn(tagValue, 0, high, help)}, namesOf(tagValue, names))
	return Some(uint8(v)), err
}

// firstSigned reads the one flag that match-any and match-all must have.
func (p *parser) firstSigned() error {
	tag, v, err := p.pick(signedWords)
	p.last = tag
	p.e.Flags.sign(v)
	return err
}

// sign takes one signed flag, as signedWords codes it. A flag that is given
// both signs keeps the last.
func (c *Flags) sign(v uint32) {
	set, clear := uint8(v), uint8(v>>8)
	c.Set = c.Set&^clear | set
	c.Clear = c.Clear&^set | clear
}
