package host

import (
	"regexp"
	"strings"
	"testing"
	"time"
)

// play types lines ("1 text" on the first host, "2 text" on the second; "1 ^C" and
// "1 ^D" are keys, and "1&" does not wait for the end), lets time pass ("3s"), and returns what each screen shows.
func (b *bench) play(t *testing.T, steps ...string) (screen1, screen2 string) {
	t.Helper()
	for _, step := range steps {
		if d, err := time.ParseDuration(step); err == nil {
			b.RunUntil(b.Now() + d)
			continue
		}
		s := b.hosts[step[0]-'1'].Console()
		who, line, _ := strings.Cut(step, " ")
		switch line {
		case "^C", "^D":
			s.Keys([]byte{line[1] - '@'})
		default:
			s.TypeLine(line)
		}
		if !strings.HasSuffix(who, "&") {
			b.RunWhile(b.Now()+time.Hour, s.Busy)
		}
	}
	return b.screens[0].String(), b.screens[1].String()
}

const ssHead = "State      Recv-Q Send-Q    Local Address:Port     Peer Address:Port\n"

func TestConnections(t *testing.T) {
	for _, tt := range []struct {
		name           string
		steps          []string
		first, second  string
		connectionLeft bool
	}{
		{
			name:   "lines both ways, ended by the caller",
			steps:  []string{"2 nc -lv 7", "1 nc -v 10.0.0.2 7", "1 hello", "10ms", "2 good day", "10ms", "1 ^C", "10ms"},
			first:  "PC1#nc -v 10.0.0.2 7\nConnection to 10.0.0.2 7 port [tcp/*] succeeded!\nhello\ngood day\n",
			second: "PC2#nc -lv 7\nListening on 0.0.0.0 7\nConnection received on 10.0.0.1 PORT\nhello\ngood day\n",
		}, {
			name:   "ended by the listener",
			steps:  []string{"2 nc -l -p 7", "1 nc 10.0.0.2 7", "10ms", "2 ^C", "10ms", "1 ip neigh show"},
			first:  "PC1#nc 10.0.0.2 7\nPC1#ip neigh show\n10.0.0.2 dev eth1 lladdr MAC REACHABLE\n",
			second: "PC2#nc -l -p 7\n",
		}, {
			name:   "what is typed before the connection comes",
			steps:  []string{"2 nc -l 7", "2 early", "1 nc 10.0.0.2 7", "10ms", "1 ^D", "10ms"},
			first:  "PC1#nc 10.0.0.2 7\nearly\n",
			second: "PC2#nc -l 7\nearly\n",
		}, {
			name:  "nobody listens",
			steps: []string{"1 nc 10.0.0.2 7", "1 nc -zv 10.0.0.2 80", "1 curl http://10.0.0.2/"},
			first: "PC1#nc 10.0.0.2 7\nnc: connect to 10.0.0.2 port 7 (tcp) failed: Connection refused\n" +
				"PC1#nc -zv 10.0.0.2 80\nnc: connect to 10.0.0.2 port 80 (tcp) failed: Connection refused\n" +
				"PC1#curl http://10.0.0.2/\ncurl: (7) Failed to connect to 10.0.0.2 port 80 after 0 ms: Connection refused\n",
		}, {
			name:  "nobody is there",
			steps: []string{"1 nc 10.0.0.9 7", "1 curl 10.0.0.9:8080", "1 nc 1.2.3.4 7", "1 curl -s 1.2.3.4"},
			first: "PC1#nc 10.0.0.9 7\nnc: connect to 10.0.0.9 port 7 (tcp) failed: No route to host\n" +
				"PC1#curl 10.0.0.9:8080\ncurl: (7) Failed to connect to 10.0.0.9 port 8080 after 3000 ms: No route to host\n" +
				"PC1#nc 1.2.3.4 7\nnc: connect to 1.2.3.4 port 7 (tcp) failed: Network is unreachable\nPC1#curl -s 1.2.3.4\n",
		}, {
			name:  "patience",
			steps: []string{"1 nc -w 1 10.0.0.9 7", "1 curl --connect-timeout 1.5 10.0.0.9", "1 curl -m 2 10.0.0.8"},
			first: "PC1#nc -w 1 10.0.0.9 7\nnc: connect to 10.0.0.9 port 7 (tcp) failed: Connection timed out\n" +
				"PC1#curl --connect-timeout 1.5 10.0.0.9\ncurl: (28) Connection timed out after 1500 milliseconds\n" +
				"PC1#curl -m 2 10.0.0.8\ncurl: (28) Connection timed out after 2000 milliseconds\n",
		}, {
			name:   "datagrams",
			steps:  []string{"2 nc -u -lv 53", "2 nobody is there", "1 nc -u 10.0.0.2 53", "1 hello", "10ms", "2 hello to you", "10ms", "1 ^D", "1 ^C", "2 ^C"},
			first:  "PC1#nc -u 10.0.0.2 53\nhello\nhello to you\n",
			second: "PC2#nc -u -lv 53\nBound on 0.0.0.0 53\nnobody is there\nConnection received on 10.0.0.1 PORT\nhello\nhello to you\n",
		}, {
			name:  "datagrams: nothing comes",
			steps: []string{"1 nc -u -w 1 -p 9 10.0.0.2 53", "1 hello", "900ms", "1 hello", "1s", "1 nc -u 1.2.3.4 53", "1 nc -zu 10.0.0.2 53", "1 nc -u -z 10.0.0.2 53"},
			first: "PC1#nc -u -w 1 -p 9 10.0.0.2 53\nhello\nhello\nPC1#nc -u 1.2.3.4 53\nnc: connect to 1.2.3.4 port 53 (udp) failed: Network is unreachable\n" +
				"PC1#nc -zu 10.0.0.2 53\n         ^\n% Invalid input detected at '^' marker.\n\nPC1#nc -u -z 10.0.0.2 53\n" + errNcUsage.Error() + "\n",
		}, {
			name:  "a port is looked at",
			steps: []string{"2 httpd", "1 nc -z 10.0.0.2 80", "2 killall httpd", "1 nc -z 10.0.0.2 80", "2 killall httpd"},
			first: "PC1#nc -z 10.0.0.2 80\nConnection to 10.0.0.2 80 port [tcp/http] succeeded!\n" +
				"PC1#nc -z 10.0.0.2 80\nnc: connect to 10.0.0.2 port 80 (tcp) failed: Connection refused\n",
			second: "PC2#httpd\nPC2#killall httpd\nPC2#killall httpd\nkillall: httpd: no process killed\n",
		}, {
			name:  "nothing happens for too long",
			steps: []string{"2 nc -l 7", "1 nc -w 2 10.0.0.2 7", "1900ms", "1 still here", "1900ms", "1 and here", "2s"},
			first: "PC1#nc -w 2 10.0.0.2 7\nstill here\nand here\n", second: "PC2#nc -l 7\nstill here\nand here\n",
		}, {
			name:  "a page",
			steps: []string{"2 httpd -p 8080", "1 curl http://10.0.0.2:8080", "1 curl -s -o /dev/null http://10.0.0.2:8080/", "1 curl -o page http://10.0.0.2:8080/"},
			first: "PC1#curl http://10.0.0.2:8080\n<html><head><title>PC2</title></head>\n<body>\n<h1>PC2</h1>\n" +
				"<p>You come from 10.0.0.1, port PORT, to 10.0.0.2, port 8080.</p>\n</body></html>\n" +
				"PC1#curl -s -o /dev/null http://10.0.0.2:8080/\nPC1#curl -o page http://10.0.0.2:8080/\ncurl: (23) Failed writing body\n",
			second: "PC2#httpd -p 8080\n",
		}, {
			name:  "headers",
			steps: []string{"2 httpd", "1 curl -I 10.0.0.2/bytes/7", "1 curl -i 10.0.0.2/none", "1 curl -v 10.0.0.2/bytes/3"},
			first: "PC1#curl -I 10.0.0.2/bytes/7\nHTTP/1.1 200 OK\nServer: ioslab\nContent-Type: application/octet-stream\nContent-Length: 7\nConnection: close\n\n" +
				"PC1#curl -i 10.0.0.2/none\nHTTP/1.1 404 Not Found\nServer: ioslab\nContent-Type: text/plain\nContent-Length: 17\nConnection: close\n\nNot found: /none\n" +
				"PC1#curl -v 10.0.0.2/bytes/3\n*   Trying 10.0.0.2:80...\n* Connected to 10.0.0.2 (10.0.0.2) port 80\n> GET /bytes/3 HTTP/1.1\n> Host: 10.0.0.2\n" +
				"> User-Agent: curl/7.88.1\n> Accept: */*\n> \n< HTTP/1.1 200 OK\n< Server: ioslab\n< Content-Type: application/octet-stream\n< Content-Length: 3\n< Connection: close\n< \n012\n",
			second: "PC2#httpd\n",
		}, {
			name:  "a server by hand",
			steps: []string{"2 nc -l 80", "1& curl 10.0.0.2/x", "10ms", "2 HTTP/1.1 200 OK", "2 Content-Length: 6", "2 ", "2 hello", "1s"},
			first: "PC1#curl 10.0.0.2/x\nhello\n",
			second: "PC2#nc -l 80\nGET /x HTTP/1.1\nHost: 10.0.0.2\nUser-Agent: curl/7.88.1\nAccept: */*\n\n" +
				"HTTP/1.1 200 OK\nContent-Length: 6\n\nhello\n",
		}, {
			name:   "a server that only resets",
			steps:  []string{"2 nc -l 80", "1 curl -m 2 10.0.0.2", "1 curl -I 10.0.0.2"},
			first:  "PC1#curl -m 2 10.0.0.2\ncurl: (28) Operation timed out after 2000 milliseconds with 0 bytes received\nPC1#curl -I 10.0.0.2\ncurl: (7) Failed to connect to 10.0.0.2 port 80 after 0 ms: Connection refused\n",
			second: "PC2#nc -l 80\nGET / HTTP/1.1\nHost: 10.0.0.2\nUser-Agent: curl/7.88.1\nAccept: */*\n\n",
		}, {
			name:  "who comes",
			steps: []string{"2 python3 -m http.server 80", "1 curl -I 10.0.0.2/x?y=1", "10ms", "2 ^C"},
			first: "PC1#curl -I 10.0.0.2/x?y=1\nHTTP/1.1 404 Not Found\nServer: ioslab\nContent-Type: text/plain\nContent-Length: 14\nConnection: close\n\n",
			second: "PC2#python3 -m http.server 80\nServing HTTP on 0.0.0.0 port 80 (http://0.0.0.0:80/) ...\n" +
				"10.0.0.1 - - [01/Mar/2002 00:00:00] \"HEAD /x?y=1 HTTP/1.1\" 404 -\n\nKeyboard interrupt received, exiting.\n",
		}, {
			name:  "in use",
			steps: []string{"1 httpd", "1 httpd", "1 nc -l 80", "1 python3 -m http.server 80", "1 nc 10.0.0.2", "1 nc -l", "1 nc -p 3 -l 4"},
			first: "PC1#httpd\nPC1#httpd\nhttpd: bind: Address already in use\nPC1#nc -l 80\nnc: Address already in use\n" +
				"PC1#python3 -m http.server 80\nOSError: [Errno 98] Address already in use\nPC1#nc 10.0.0.2\n% Incomplete command.\n\n" +
				"PC1#nc -l\n" + errNcUsage.Error() + "\nPC1#nc -p 3 -l 4\n" + errNcUsage.Error() + "\n",
		}, {
			name:  "sockets",
			steps: []string{"2 nc -l 7", "1 nc -p 1000 10.0.0.2 7", "1 hello", "10ms", "2 ^C", "10ms", "1 httpd", "2 nc -p 2000 10.0.0.1 80", "10ms", "1 ss -tan", "2 ^D", "10ms", "1 netstat -l", "2 ss"},
			first: "PC1#nc -p 1000 10.0.0.2 7\nhello\nPC1#httpd\n" +
				"PC1#ss -tan\n" + ssHead + "LISTEN          0      0            0.0.0.0:80             0.0.0.0:*\n" +
				"ESTAB           0      0           10.0.0.1:80         10.0.0.2:2000\nPC1#netstat -l\n" + ssHead + "LISTEN          0      0            0.0.0.0:80             0.0.0.0:*\n",
			second: "PC2#nc -l 7\nhello\nPC2#nc -p 2000 10.0.0.1 80\nPC2#ss\n" + ssHead +
				"TIME-WAIT       0      0            10.0.0.2:7         10.0.0.1:1000\nTIME-WAIT       0      0         10.0.0.2:2000           10.0.0.1:80\n",
		}, {
			name:  "to itself",
			steps: []string{"1 httpd", "1 curl -s 10.0.0.1/bytes/5"},
			first: "PC1#httpd\nPC1#curl -s 10.0.0.1/bytes/5\n01234\n",
		}, {
			name:  "wrong addresses",
			steps: []string{"1 curl https://10.0.0.2/", "1 curl http://server/", "1 curl 10.0.0.2:x", "1 curl http:///"},
			first: "PC1#curl https://10.0.0.2/\ncurl: (1) Protocol \"https\" not supported\nPC1#curl http://server/\ncurl: (6) Could not resolve host: server\n" +
				"PC1#curl 10.0.0.2:x\ncurl: (3) URL using bad/illegal format or missing URL\nPC1#curl http:///\ncurl: (3) URL using bad/illegal format or missing URL\n",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := newBench(t, address1)
			first, second := b.play(t, tt.steps...)
			first, second = givenPort.ReplaceAllString(b.mask(first), "${1}PORT"), givenPort.ReplaceAllString(b.mask(second), "${1}PORT")
			if first != tt.first {
				t.Errorf("the first shows\n%q\nwant\n%q", first, tt.first)
			}
			if second != tt.second {
				t.Errorf("the second shows\n%q\nwant\n%q", second, tt.second)
			}
		})
	}
}

var givenPort = regexp.MustCompile(`(10\.0\.0\.1, port |received on 10\.0\.0\.1 )\d+`)
