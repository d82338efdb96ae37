package labs

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/ioslab/ioslab/ios/forwarding"
)

// jsonStep is a step of a path as JSON, for programs. Words are in English.
type jsonStep struct {
	Node    string      `json:"node"`
	Number  uint64      `json:"packet"`
	Parent  uint64      `json:"parent,omitempty"`
	Stage   string      `json:"stage"`
	Outcome string      `json:"outcome"`
	Reason  string      `json:"reason,omitempty"`
	Seen    string      `json:"seen"` // the packet after the stage
	In      string      `json:"in,omitempty"`
	Out     string      `json:"out,omitempty"`
	NextHop string      `json:"next_hop,omitempty"`
	List    *jsonLine   `json:"list,omitempty"`
	Policy  *jsonPolicy `json:"route_map,omitempty"`
	Route   string      `json:"route,omitempty"`
	NAT     *jsonNAT    `json:"nat,omitempty"`
	Map     *jsonMap    `json:"crypto_map,omitempty"`
	Answer  string      `json:"answer,omitempty"`
	Toward  []string    `json:"toward,omitempty"` // the ends of links where it comes in next
	Leaves  bool        `json:"leaves_the_lab,omitempty"`
	Back    bool        `json:"answer_is_back,omitempty"`
}

type jsonLine struct {
	Name     string `json:"name,omitempty"` // of a list; a route-map's is not told
	Sequence int    `json:"line,omitempty"`
	Text     string `json:"text,omitempty"`
	Entry    string `json:"entry,omitempty"` // of a reflexive list
	Makes    bool   `json:"makes,omitempty"` // there was no such entry before
}

type jsonPolicy struct {
	Name     string `json:"name"`
	Sequence int    `json:"sequence"`
}

type jsonNAT struct {
	Before string      `json:"before,omitempty"` // where it is translated
	After  string      `json:"after,omitempty"`
	Entry  string      `json:"entry,omitempty"`
	Makes  bool        `json:"makes,omitempty"`
	Asked  []jsonAsked `json:"asked,omitempty"`
}

type jsonAsked struct {
	*jsonLine
	RouteMap string `json:"route_map,omitempty"`
	Permits  bool   `json:"permits"`
	NoEntry  bool   `json:"no_entry_matches,omitempty"` // of the route-map
}

type jsonMap struct {
	Name     string    `json:"name"`
	Sequence int       `json:"sequence,omitempty"`
	Peer     string    `json:"peer,omitempty"`
	List     *jsonLine `json:"list,omitempty"`
}

func (s pathStep) json(l *Lab, asked bool) jsonStep {
	j := jsonStep{
		Node: s.node.Name, Number: s.Number, Parent: s.Parent, Stage: s.Stage.String(), Outcome: s.Outcome.String(),
		Reason: s.Reason.String(), Seen: englishPath.describe(s.Packet), Leaves: s.wire, Back: s.back,
	}
	switch {
	case s.back:
		j.Outcome, j.Reason = forwarding.Taken.String(), englishPath.back
	case asked && s.asksARP():
		j.Outcome, j.Reason = forwarding.Passed.String(), fmt.Sprintf(englishPath.askARP, s.NextHop)
	}
	if s.In != nil {
		j.In = l.nameOf(s.node, s.In)
	}
	if s.Out != nil {
		j.Out = l.nameOf(s.node, s.Out)
	}
	if s.NextHop.IsValid() {
		j.NextHop = s.NextHop.String()
	}
	if s.List != nil {
		j.List = lineOf(s.List)
	}
	if s.Policy != nil && s.Policy.Matched {
		j.Policy = &jsonPolicy{s.Policy.Map, s.Policy.Sequence}
	}
	if s.Route != nil {
		j.Route = s.Route.Prefix.String()
	}
	if s.NAT != nil {
		j.NAT = s.natJSON()
	}
	if s.Map != nil {
		j.Map = &jsonMap{Name: s.Map.Name, Sequence: s.Map.Sequence}
		if s.Map.Peer.IsValid() {
			j.Map.Peer = s.Map.Peer.String()
		}
		if s.Map.Rule != nil {
			j.Map.List = lineOf(&forwarding.ListStep{Name: s.Map.List, Rule: s.Map.Rule})
		}
	}
	if s.Answer != nil {
		j.Answer = englishPath.describe(s.Answer)
	}
	for _, end := range s.toward {
		j.Toward = append(j.Toward, end.String())
	}
	return j
}

// natJSON is what NAT has found, nil for nothing.
func (s pathStep) natJSON() *jsonNAT {
	var j jsonNAT
	if s.Reason == forwarding.Translated {
		j = jsonNAT{Before: ends(s.NAT.Before), After: ends(s.Packet), Entry: s.NAT.Entry.String(), Makes: s.NAT.Makes}
	}
	for _, a := range s.NAT.Asked {
		j.Asked = append(j.Asked, jsonAsked{lineOf(&forwarding.ListStep{Name: a.List, Rule: a.Rule}), a.RouteMap, a.Permits, a.Unmatched})
	}
	if j.Before == "" && j.Asked == nil {
		return nil
	}
	return &j
}

func lineOf(s *forwarding.ListStep) *jsonLine {
	if s.Rule == nil {
		return &jsonLine{Name: s.Name}
	}
	line := s.Line()
	entry, makes := s.Reflexive()
	return &jsonLine{s.Name, line.Sequence, line.ShowText(), entry, makes}
}

// jsonText writes steps as a list, a step on a line, so that programs and people can
// read it.
func jsonText(steps []jsonStep) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	b.WriteString("[")
	for i, s := range steps {
		if i > 0 {
			b.WriteString(",")
		}
		e.Encode(s) // strings and numbers alone cannot fail
	}
	return b.String() + "]\n"
}
