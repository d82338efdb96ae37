package labs

import "github.com/ioslab/ioslab/ios/forwarding"

// pathWords are the words of `!lab path` in a language. Those with verbs are formats.
type pathWords struct {
	texts *forwarding.Texts

	comesIn  string // node, interface, packet
	made     string // node, packet
	madeOf   string // packet
	line     string // list, number, text of the line
	noLine   string // list
	permits  string // route-map
	denies   string // route-map
	noEntry  string // route-map
	route    string // prefix, next hop, interface
	attached string // prefix, interface
	becomes  string // before, after
	wouldUse string // entry, where it is not there yet
	uses     string // entry
	entry    string // map, sequence, peer
	by       string // interface, next hop
	askARP   string // next hop
	wouldIKE string // peer
	answer   string // packet
	leaves   string // interface
	nowhere  string // next hop
	circle   string
	back     string
	packet   string // what it is, its length
	colon    string // between an outcome and its reason

	echo, echoReply, unreachable, exceeded, otherICMP string
}

var englishPath = pathWords{
	texts:       &forwarding.English,
	comesIn:     "%s, in by %s: %s",
	made:        "%s: %s",
	madeOf:      "    becomes %s",
	line:        "list %s, line %d: %s",
	noLine:      "list %s: no line matches",
	permits:     "route-map %s permits",
	denies:      "route-map %s denies",
	noEntry:     "no entry of route-map %s matches",
	route:       "%v via %v, %s",
	attached:    "%v is directly connected, %s",
	becomes:     "%s becomes %s",
	wouldUse:    "it would make the entry %s",
	uses:        "entry %s",
	entry:       "%s %d, peer %v",
	by:          "%s to %v",
	askARP:      "ARP would ask for %v first; the path goes on as if it had been answered",
	wouldIKE:    "no SA: IKE would start with %v",
	answer:      "it would answer with %s",
	leaves:      "it leaves the lab by %s",
	nowhere:     "no node behind this link answers for %v",
	circle:      "The packet goes in a circle.",
	back:        "the answer has come back",
	packet:      "%s, %d bytes",
	colon:       ": ",
	echo:        "ICMP echo request %v -> %v",
	echoReply:   "ICMP echo reply %v -> %v",
	unreachable: "ICMP unreachable (code %d) %v -> %v",
	exceeded:    "ICMP time exceeded %v -> %v",
	otherICMP:   "ICMP type %d %v -> %v",
}

var chinesePath = pathWords{
	texts:       &forwarding.Chinese,
	comesIn:     "%s，从 %s 进入：%s",
	made:        "%s：%s",
	madeOf:      "    变成 %s",
	line:        "列表 %s，第 %d 行：%s",
	noLine:      "列表 %s：没有匹配的行",
	permits:     "route-map %s 允许",
	denies:      "route-map %s 拒绝",
	noEntry:     "route-map %s 没有匹配的条目",
	route:       "%v 下一跳 %v，出接口 %s",
	attached:    "%v 直连，%s",
	becomes:     "%s 变成 %s",
	wouldUse:    "将建立表项 %s",
	uses:        "表项 %s",
	entry:       "%s %d，对端 %v",
	by:          "%s 发往 %v",
	askARP:      "先要用 ARP 询问 %v；此处当作已得到应答，继续",
	wouldIKE:    "没有 SA：将与 %v 开始 IKE 协商",
	answer:      "将回应 %s",
	leaves:      "从 %s 离开实验",
	nowhere:     "这条链路上没有节点应答 %v",
	circle:      "报文在兜圈子。",
	back:        "应答已经回来",
	packet:      "%s，%d 字节",
	colon:       "：",
	echo:        "ICMP 回显请求 %v -> %v",
	echoReply:   "ICMP 回显应答 %v -> %v",
	unreachable: "ICMP 不可达（代码 %d）%v -> %v",
	exceeded:    "ICMP 超时 %v -> %v",
	otherICMP:   "ICMP 类型 %d %v -> %v",
}

// pathLanguages are the languages, by what `lang=` names them.
var pathLanguages = map[string]*pathWords{"en": &englishPath, "zh": &chinesePath}
