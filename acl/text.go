package acl

import (
	"strconv"
	"strings"
)

// String is the entry as the running configuration words it, without its
// sequence number: `permit ip 10.1.1.0 0.0.0.255 any`.
func (e *Entry) String() string {
	if e.Action == Remark {
		return strings.TrimRight("remark "+e.Text, " ")
	}
	if e.Action == Unread {
		return e.Text
	}
	if e.Action == Evaluate {
		return "evaluate " + e.Text
	}
	if e.Kind == Standard {
		return e.standard(" ")
	}
	return e.extended()
}

// ShowText is the entry as `show access-lists` words it, without sequence
// number and hits. Standard entries name the wildcard there, extended ones do
// not pad the action.
func (e *Entry) ShowText() string {
	switch {
	case e.Action == Remark, e.Action == Unread, e.Action == Evaluate:
		return e.String()
	case e.Kind == Standard:
		return e.standard(", wildcard bits ")
	}
	return strings.Replace(e.extended(), "deny   ", "deny ", 1)
}

// ShowText is that of the entry, and whether its time range is active.
func (r *Rule) ShowText() string {
	s := r.Entry.ShowText()
	if r.when != nil {
		s += " " + ActiveText(r.Active())
	}
	return s
}

// ActiveText is what IOS shows behind a time range.
func ActiveText(active bool) string {
	if active {
		return "(active)"
	}
	return "(inactive)"
}

// action is padded to one width, as IOS prints it.
func (e *Entry) action() string {
	if e.Action == Permit {
		return "permit "
	}
	return "deny   "
}

func (e *Entry) standard(between string) string {
	s := e.action()
	switch e.Src.Wildcard {
	case 0:
		s += e.Src.Network().String()
	case ^uint32(0):
		s += "any"
	default:
		s += e.Src.Network().String() + between + toAddr(e.Src.Wildcard).String()
	}
	return s + e.logText()
}

func (e *Entry) extended() string {
	s := e.action() + ProtocolName(e.Protocol) + " "
	s += e.Src.String() + e.SrcPorts.text(e.Protocol) + " "
	s += e.Dst.String() + e.DstPorts.text(e.Protocol)
	s += e.Message.text(e.Protocol) + e.Flags.text()
	s += optionText("precedence", Precedences, e.Precedence)
	s += optionText("tos", ServiceTypes, e.TOS)
	s += optionText("dscp", DSCPs, e.DSCP)
	s += optionText("option", HeaderOptions, e.HeaderOption)
	if e.AnyOption {
		s += " option any-options"
	}
	if e.Fragments {
		s += " fragments"
	}
	s += e.logText()
	if e.TimeRange != "" {
		s += " time-range " + e.TimeRange
	}
	if e.Reflect != "" {
		s += " reflect " + e.Reflect
	}
	if e.Timeout != 0 {
		s += " timeout " + strconv.Itoa(int(e.Timeout))
	}
	return s
}

func (e *Entry) logText() string {
	switch e.Log {
	case LogMatch:
		return " log"
	case LogInput:
		return " log-input"
	}
	return ""
}

func optionText(word string, names []Name, o Option) string {
	v, ok := o.Get()
	if !ok {
		return ""
	}
	if n := nameOf(names, uint16(v)); n != "" {
		return " " + word + " " + n
	}
	return " " + word + " " + strconv.Itoa(int(v))
}

// text is the condition with a leading blank, or nothing.
func (m Message) text(protocol uint8) string {
	typ, ok := m.Type.Get()
	if !ok {
		return ""
	}
	names := messageNames(protocol)
	if n := nameOf(names, m.value()); n != "" {
		return " " + n
	}
	s := " " + strconv.Itoa(int(typ))
	if code, ok := m.Code.Get(); ok {
		s += " " + strconv.Itoa(int(code))
	}
	return s
}

// value is the condition as the name tables hold it.
func (m Message) value() uint16 {
	typ, _ := m.Type.Get()
	if code, ok := m.Code.Get(); ok {
		return typeAndCode(typ, code)
	}
	return uint16(typ)
}

// ConfigLines are the list's lines of the running configuration: `access-list
// N …` lines of a numbered list, or a block of its own for a named one.
func (l *List) ConfigLines() []string {
	rules := l.Rules()
	lines := make([]string, 0, len(rules)+1)
	prefix := "access-list " + l.name + " "
	if !l.Numbered() {
		lines = append(lines, "ip access-list "+l.kind.String()+" "+l.name)
		prefix = " "
	}
	for _, r := range rules {
		lines = append(lines, prefix+r.String())
	}
	return lines
}

// ShowLines are the lines of `show access-lists`: no remarks, hits at the end.
func (l *List) ShowLines() []string {
	title := "Extended"
	if l.kind == Standard {
		title = "Standard"
	}
	lines := []string{title + " IP access list " + l.name}
	for _, r := range l.Rules() {
		if r.Action == Remark {
			continue
		}
		lines = append(lines, "    "+strconv.Itoa(r.Sequence)+" "+r.ShowText()+r.hitsText())
	}
	return lines
}

// hitsText is what IOS shows of the hits, with a leading blank, or nothing.
func (r *Rule) hitsText() string {
	switch n := r.Hits(); n {
	case 0:
		return ""
	case 1:
		return " (1 match)"
	default:
		return " (" + strconv.FormatUint(n, 10) + " matches)"
	}
}
