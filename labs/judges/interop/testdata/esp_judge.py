#!/usr/bin/python3
"""Another implementation of ESP, scapy's, on standard input and output.

A line of input is an order as JSON, a line of output its answer:
  {"do": "sa", "spi", "cipher", "cipherKey", "auth", "authKey", "src", "dst", "sport", "dport"}
      the SA that the orders after it use; ports other than 0 mean ESP in UDP
  {"do": "open", "packets": [hex...]}  tunnel packets -> the packets inside
  {"do": "seal", "packets": [hex...], "first": n}
      packets -> tunnel packets, with sequence numbers from n on
Answers are {"packets": [hex...]} or {"error": text}.
"""
import json
import logging
import sys
import warnings

warnings.filterwarnings("ignore")
logging.getLogger("scapy").setLevel(logging.ERROR)

from scapy.layers.inet import IP, UDP  # noqa: E402
from scapy.layers.ipsec import ESP, SecurityAssociation  # noqa: E402
from scapy.packet import raw  # noqa: E402


def association(o):
    cipher, key = o["cipher"], bytes.fromhex(o["cipherKey"])
    if cipher == "DES":  # scapy has none with a recent OpenSSL; EDE with three equal keys is DES
        cipher, key = "3DES", key * 3
    ports = {}
    if o["sport"]:
        ports["nat_t_header"] = UDP(sport=o["sport"], dport=o["dport"])
    return SecurityAssociation(
        ESP, spi=o["spi"],
        crypt_algo=cipher, crypt_key=key or None,
        auth_algo=o["auth"], auth_key=bytes.fromhex(o["authKey"]) or None,
        tunnel_header=IP(src=o["src"], dst=o["dst"]), **ports)


def opened(sa, data):
    packet = IP(data)
    if packet.len != len(data):
        raise ValueError("length of %d in a packet of %d bytes" % (packet.len, len(data)))
    checksum = packet.chksum
    del packet.chksum
    if IP(raw(packet)).chksum != checksum:
        raise ValueError("wrong checksum")
    if sa.nat_t_header:
        udp = packet[UDP]
        if (udp.sport, udp.dport) != (sa.nat_t_header.sport, sa.nat_t_header.dport):
            raise ValueError("ports %d to %d" % (udp.sport, udp.dport))
        if udp.len != len(data) - 4 * packet.ihl:
            raise ValueError("UDP length %d" % udp.len)
        if udp.chksum not in (0, None):
            raise ValueError("UDP checksum %#x (RFC 3948 2.1 wants none)" % udp.chksum)
        data = raw(udp.payload)
        outer = IP(src=packet.src, dst=packet.dst, proto=50, tos=packet.tos, ttl=packet.ttl, id=packet.id)
        packet = IP(raw(outer / data))
    elif packet.proto != 50:
        raise ValueError("protocol %d" % packet.proto)
    return raw(sa.decrypt(packet))


def sealed(sa, sequence, data):
    packet = bytearray(raw(sa.encrypt(IP(data), seq_num=sequence)))
    if sa.nat_t_header:  # scapy leaves the length as it was before there was a payload
        packet[24:26] = (len(packet) - 20).to_bytes(2, "big")
    return bytes(packet)


def main():
    sa = None
    for line in sys.stdin:
        order = json.loads(line)
        try:
            if order["do"] == "sa":
                sa, result = association(order), []
            elif order["do"] == "open":
                result = [opened(sa, bytes.fromhex(p)).hex() for p in order["packets"]]
            else:
                result = [sealed(sa, n, bytes.fromhex(p)).hex()
                          for n, p in enumerate(order["packets"], order["first"])]
            answer = {"packets": result}
        except Exception as e:
            answer = {"error": "%s: %s" % (type(e).__name__, e)}
        print(json.dumps(answer), flush=True)


main()
